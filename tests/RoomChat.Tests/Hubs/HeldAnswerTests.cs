using Microsoft.AspNetCore.SignalR;
using RoomChat.Hubs;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>
/// An answer waits for the events it is about, to leave in one send with them. Without the pings of SignalR, one that
/// is held too long never leaves.
/// </summary>
public sealed class HeldAnswerTests : IAsyncDisposable
{
    private readonly ChatServer _server = new(services => services.Configure<HubOptions<ChatHub>>(
        hub => hub.KeepAliveInterval = TimeSpan.FromHours(1)));

    /// <summary>The events do not come any more, since the member has left.</summary>
    [Fact]
    public async Task AnswersToAMessageAndALeaveInOneFrameAreNotHeldBack()
    {
        var room = _server.Lobby.Create().OrFail().Code;
        using var ana = await RawClient.ConnectAsync(_server);
        for (var n = 0; n < 40; n++)
        {
            await ana.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""");
            await ana.SendAsync(
                """{"type":1,"invocationId":"send","target":"SendMessage","arguments":[{"text":"hi"}]}""" + '\u001e' +
                """{"type":1,"invocationId":"leave","target":"LeaveRoom","arguments":[]}""");

            await ana.FirstAsync("\"invocationId\":\"send\"");
            await ana.FirstAsync("\"invocationId\":\"leave\"");
        }
    }

    /// <summary>The event was delivered before, on the connection that is gone.</summary>
    [Fact]
    public async Task AResendAfterAReturnIsAnsweredAlthoughNoEventFollows()
    {
        var room = $"{_server.Lobby.Create().OrFail().Code}";
        await using var first = await ChatClient.ConnectAsync(_server);
        var joined = await first.JoinAsync(room, "ana");
        var seq = await first.SendAsync("hello", "id-1");
        await first.WaitForSeqAsync(seq);
        await using var again = await ChatClient.ConnectAsync(_server);
        await again.JoinAsync(
            room, "ana", joined.GetProperty("seat").GetString(), joined.GetProperty("epoch").GetString(), after: seq);

        Assert.Equal(seq, await again.SendAsync("hello", "id-1"));
    }

    [Fact]
    public async Task WhatIsSaidInAQuietRoomReachesAllThoughNoAnswerIsAskedFor()
    {
        var room = $"{_server.Lobby.Create().OrFail().Code}";
        await using var bo = await ChatClient.JoinedAsync(_server.Address, room, "bo");
        using var ana = await RawClient.ConnectAsync(_server);
        await ana.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""");
        for (var n = 0; n < 10; n++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            await ana.SendAsync($$"""{"type":1,"target":"SendMessage","arguments":[{"text":"message {{n}}"}]}""");

            await ana.FirstAsync($"\"message {n}\"");
            await bo.WaitForSeqAsync(3 + n);
        }
    }

    [Fact]
    public async Task WhatIsSaidInAQuietRoomBeforeAnUnreadableRecordReachesTheOthers()
    {
        var room = $"{_server.Lobby.Create().OrFail().Code}";
        await using var bo = await ChatClient.JoinedAsync(_server.Address, room, "bo");
        using var ana = await RawClient.ConnectAsync(_server);
        await ana.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""");
        await Task.Delay(10, TestContext.Current.CancellationToken);

        await ana.SendAsync(
            """{"type":1,"target":"SendMessage","arguments":[{"text":"last words"}]}""" + '\u001e' + "{");

        await bo.WaitForSeqAsync(3);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
