using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class FeedTests : IDisposable
{
    private readonly TestLobby _lobby = new();

    [Fact]
    public void WhatHappensAppearsInOrder()
    {
        var room = _lobby.NewRoom();
        var (ana, reader) = _lobby.Join(room, "ana");
        ana.Say("hi");
        room.Drop(ana, reader);
        _lobby.Return(ana, new TestReader(), after: 2);
        room.Leave(ana).OrFail();
        _lobby.Clock.AdvanceSeconds(new Limits().EmptyRoomSeconds + 1);
        _lobby.Lobby.Reopen(room.Code.ToString()).OrFail();

        var happenings = _lobby.Happenings();

        Assert.Equal(
            ["RoomOpened", "Joined", "Message", "Dropped", "CameBack", "Left", "RoomClosed", "RoomOpened"],
            happenings.Select(happening => happening is Told told ? told.Line.Type.ToString() : happening.GetType().Name));
        Assert.Equal([1, 1, 0], happenings.OfType<Told>().Select(told => told.Here));
        Assert.Equal([false, true], happenings.OfType<RoomOpened>().Select(opened => opened.Again));
    }

    [Fact]
    public void AFullFeedSkipsAndSaysHowManyWhereTheyWere()
    {
        for (var i = 0; i < Feed.Capacity + 5; i++) _lobby.Feed.Publish(Something());

        var happenings = _lobby.Happenings();

        Assert.Equal(Feed.Capacity + 1, happenings.Count);
        Assert.Equal(5, Assert.IsType<Skipped>(happenings[^1]).Events);
    }

    [Fact]
    public void AFullFeedDelaysNoMessage()
    {
        var (ana, _) = _lobby.Join(_lobby.NewRoom(), "ana");
        for (var i = 0; i < Feed.Capacity; i++) _lobby.Feed.Publish(Something());

        Assert.Equal(2, ana.Say("hi"));
        Assert.IsType<Skipped>(_lobby.Happenings()[^1]);
    }

    [Fact]
    public void AfterItsEndNothingIsAddedAndNothingFails()
    {
        _lobby.Feed.Publish(Something());
        _lobby.Feed.End();
        _lobby.Feed.Publish(Something());

        Assert.Single(_lobby.Feed.Watch());
    }

    [Fact]
    public async Task PublishingWhileTheFeedEndsDoesNotFail()
    {
        for (var i = 0; i < 3_000; i++)
        {
            var feed = new Feed();
            using var start = new Barrier(2);
            var publisher = Task.Run(() => { start.SignalAndWait(); for (var n = 0; n < 50; n++) feed.Publish(new RoomClosed(default, default)); }, TestContext.Current.CancellationToken);
            start.SignalAndWait(TestContext.Current.CancellationToken);
            feed.End();
            await publisher;
        }
    }

    public void Dispose() => _lobby.Dispose();

    private static RoomClosed Something() => new(DateTimeOffset.UnixEpoch, Code.New());
}
