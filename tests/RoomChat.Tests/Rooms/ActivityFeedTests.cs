using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class ActivityFeedTests : IDisposable
{
    private readonly TestLobby _lobby = new();

    [Fact]
    public void ActivitiesAppearInOrder()
    {
        var room = _lobby.NewRoom();
        var (ana, reader) = _lobby.Join(room, "ana");
        ana.Post("hi");
        room.Drop(ana, reader);
        _lobby.Return(ana, new TestReader(), after: 2);
        room.Leave(ana).OrFail();
        _lobby.Clock.AdvanceSeconds(new Limits().EmptyRoomSeconds + 1);
        _lobby.Lobby.Reopen(room.Code.ToString()).OrFail();

        var activities = _lobby.Activities();

        Assert.Equal(
            ["RoomOpened", "Joined", "Message", "MemberDropped", "MemberReturned", "Left", "RoomClosed", "RoomOpened"],
            activities.Select(activity =>
                activity is EventAppended appended ? appended.Event.Type.ToString() : activity.GetType().Name));
        Assert.Equal([1, 1, 0], activities.OfType<EventAppended>().Select(appended => appended.Members));
        Assert.Equal([false, true], activities.OfType<RoomOpened>().Select(opened => opened.IsReopened));
    }

    [Fact]
    public void WhoComesAndGoesAllTheTimeTakesSomeLinesAndACount()
    {
        var room = _lobby.NewRoom();
        var (ana, reader) = _lobby.Join(room, "ana");
        for (var n = 0; n < 100; n++)
        {
            room.Drop(ana, reader);
            _lobby.Return(ana, reader = new TestReader(), after: 1);
        }
        _lobby.Clock.AdvanceSeconds(20);
        room.Drop(ana, reader);

        var activities = _lobby.Activities();

        Assert.Equal(31, activities.Count(activity => activity is MemberDropped or MemberReturned));
        Assert.Equal(170, activities.OfType<MoreConnections>().Single().Count);
    }

    [Fact]
    public void AFullFeedSkipsActivitiesAndReportsTheirNumberInTheirPlace()
    {
        for (var i = 0; i < ActivityFeed.Capacity + 5; i++) _lobby.Activity.Publish(Something());

        var activities = _lobby.Activities();

        Assert.Equal(ActivityFeed.Capacity + 1, activities.Count);
        Assert.Equal(5, Assert.IsType<ActivitySkipped>(activities[^1]).Count);
    }

    [Fact]
    public void AFullFeedDelaysNoMessage()
    {
        var (ana, _) = _lobby.Join(_lobby.NewRoom(), "ana");
        for (var i = 0; i < ActivityFeed.Capacity; i++) _lobby.Activity.Publish(Something());

        Assert.Equal(2, ana.Post("hi"));
        Assert.IsType<ActivitySkipped>(_lobby.Activities()[^1]);
    }

    [Fact]
    public void PublishingToACompletedFeedAddsNothingAndDoesNotFail()
    {
        _lobby.Activity.Publish(Something());
        _lobby.Activity.Complete();
        _lobby.Activity.Publish(Something());

        Assert.Single(_lobby.Activity.Watch());
    }

    [Fact]
    public async Task PublishingWhileTheFeedCompletesDoesNotFail()
    {
        for (var i = 0; i < 3_000; i++)
        {
            var feed = new ActivityFeed();
            using var start = new Barrier(2);
            var publisher = Task.Run(
                () =>
                {
                    start.SignalAndWait();
                    for (var n = 0; n < 50; n++) feed.Publish(new RoomClosed(default, default));
                },
                TestContext.Current.CancellationToken);
            start.SignalAndWait(TestContext.Current.CancellationToken);
            feed.Complete();
            await publisher;
        }
    }

    public void Dispose() => _lobby.Dispose();

    private static RoomClosed Something() => new(DateTimeOffset.UnixEpoch, Code.New());
}
