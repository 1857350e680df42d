using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed class HubTests : IDisposable
{
    private readonly ChatServer _server = new();

    [Fact]
    public async Task WhatOneMemberSaysTheOthersReceiveInOrder()
    {
        await using var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await using var bo = await ChatClient.JoinedAsync(_server, room, "bo");

        Assert.Equal(3, await ana.SendAsync("hello"));
        await bo.HasTextAsync("hello");
        await ana.HasTextAsync("hello");

        Assert.Equal([1, 2, 3], bo.Seqs);
        Assert.Equal([1, 2, 3], ana.Seqs);
        _server.AssertNoTroubles();
    }

    public void Dispose() => _server.Dispose();
}
