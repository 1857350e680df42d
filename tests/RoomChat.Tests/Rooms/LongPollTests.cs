using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

/// <summary>Members that ask instead of being connected.</summary>
public sealed class LongPollTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestLobby _lobby = new(
        new Limits { History = 3, ReplaySeconds = 10, SeatSeconds = 30, AwaySeconds = 5, MessagesPerSecond = 0 });
    private readonly Room _room;
    private readonly Member _ana, _bot;
    private readonly TestReader _anas;

    public LongPollTests()
    {
        _room = _lobby.NewRoom();
        (_ana, _anas) = _lobby.Join(_room, "ana");
        _bot = Ask(_room, "bot").Member;
    }

    [Fact]
    public async Task AMemberThatPollsIsOnTheRosterAndAnnounced()
    {
        await _anas.WaitForSeqAsync(2);

        Assert.Equal((EventType.Joined, "bot"), (_anas.Events[^1].Type, _anas.Events[^1].From));
        Assert.Equal(["ana", "bot"], Ask(_room, seat: _bot.Seat).Users.Select(user => user.Name));
    }

    [Fact]
    public async Task APollWithoutASeqReadsTheHistoryAndThenTheEventsAfterIt()
    {
        foreach (var text in new[] { "one", "two", "three", "four" }) _ana.Post(text);

        var first = await ReadAsync();
        _ana.Post("five");
        var second = await ReadAsync(first.Seq);
        var third = await ReadAsync(second.Seq);

        Assert.Equal(["two", "three", "four"], first.Events.Select(line => line.Text));
        Assert.Equal((6, false), (first.Seq, first.HasGap));
        Assert.Equal(["five"], second.Events.Select(line => line.Text));
        Assert.Equal((7, 7), (second.Seq, third.Seq));
        Assert.Empty(third.Events);
    }

    [Fact]
    public async Task APollBeyondTheReplayIsToldOfTheGap()
    {
        await _ana.WaitForReadAsync(2);
        foreach (var text in new[] { "one", "two", "three", "four" }) await _ana.WaitForReadAsync(_ana.Post(text));
        _lobby.Clock.AdvanceSeconds(11);

        var missed = await ReadAsync(2);
        var whole = await ReadAsync(3);

        Assert.Equal((true, false), (missed.HasGap, whole.HasGap));
        Assert.Equal(["two", "three", "four"], missed.Events.Select(line => line.Text));
        Assert.Equal(["two", "three", "four"], whole.Events.Select(line => line.Text));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public async Task ASeqBeyondTheHeadIsIgnored(long after) =>
        Assert.Equal([1, 2], (await ReadAsync(after)).Events.Select(line => line.Seq));

    [Fact]
    public async Task ALongBacklogIsReadInParts()
    {
        using var lobby = new TestLobby(
            new Limits { MessageLength = 30_000, MessagesPerSecond = 0, ReplaySeconds = 1 });
        var room = lobby.NewRoom();
        var bot = Ask(room, "bot").Member;
        for (var i = 0; i < 50; i++) bot.Post(new string('x', 30_000));
        await AssertInPartsAsync(bot);

        lobby.Clock.AdvanceSeconds(2);      // what is kept for those coming back is given up, what is shown stays
        await AssertInPartsAsync(bot);
    }

    [Fact]
    public async Task AHeldPollIsAnsweredByTheNextEvent()
    {
        var held = HoldAsync(2);
        Assert.False(held.IsCompleted);

        _ana.Post("hi");

        var page = (await held.Soon()).OrFail();
        Assert.Equal(["hi"], page.Events.Select(line => line.Text));
        Assert.Equal(3, page.Seq);
    }

    [Fact]
    public async Task TypingDoesNotAnswerAHeldPoll()
    {
        var held = HoldAsync(2);
        await Wait.UntilAsync(() => _bot.Poll?.Place.WritingSince is null, "the round that nothing came of");
        _room.Typing(_ana).OrFail();
        Assert.False(held.IsCompleted);

        _ana.Post("hi");

        Assert.Single((await held.Soon()).OrFail().Events);
    }

    [Fact]
    public async Task AHeldPollThatTimesOutIsAnsweredEmpty()
    {
        await _ana.WaitForReadAsync(2);
        var held = HoldAsync(2);
        _lobby.Clock.AdvanceSeconds(59);
        Assert.False(held.IsCompleted);

        _lobby.Clock.AdvanceSeconds(1);

        AssertEmptyAt(2, (await held.Soon()).OrFail());
    }

    [Fact]
    public async Task ANewerPollEndsTheOlder()
    {
        var older = HoldAsync(2);
        var newer = HoldAsync(2);

        AssertEmptyAt(2, (await older.Soon()).OrFail());
        Assert.False(newer.IsCompleted);
        _ana.Post("hi");
        Assert.Single((await newer.Soon()).OrFail().Events);
    }

    [Fact]
    public async Task APollThatIsNotHeldEndsTheOlder()
    {
        var older = HoldAsync(2);
        await ReadAsync(0);

        AssertEmptyAt(2, (await older.Soon()).OrFail());
    }

    [Fact]
    public async Task ACanceledPollIsAnsweredAtOnce()
    {
        using var over = new CancellationTokenSource();
        var held = _room.ReadAsync(_bot, 2, Minute, over.Token);
        await over.CancelAsync();

        AssertEmptyAt(2, (await held.Soon()).OrFail());
    }

    [Fact]
    public async Task APollOfAMemberWhoLeavesIsRefusedAsNotInTheRoom()
    {
        var held = HoldAsync(2);
        _room.Leave(_bot).OrFail();

        Assert.Equal(Reason.NotInRoom, (await held.Soon()).Reason());
        Assert.Equal(Reason.NotInRoom, (await HoldAsync(2)).Reason());
        Assert.Equal(Reason.NotInRoom, _room.Recognize(_bot.Seat).Reason());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public void AnUnknownSeatIsNotRecognized(string? seat) =>
        Assert.Equal(Reason.NotInRoom, _room.Recognize(seat).Reason());

    [Fact]
    public async Task AMemberThatStopsPollingLeavesAfterTheTimeOfASeat()
    {
        await _ana.WaitForReadAsync(2);
        _lobby.Clock.AdvanceSeconds(29);
        _room.Recognize(_bot.Seat).OrFail();
        _lobby.Clock.AdvanceSeconds(29);
        Assert.Equal(2, _room.Members);

        _lobby.Clock.AdvanceSeconds(1.25);

        Assert.Equal(1, _room.Members);
        await _anas.WaitForSeqAsync(3);
        Assert.Equal((EventType.Left, "bot"), (_anas.Events[^1].Type, _anas.Events[^1].From));
    }

    [Fact]
    public async Task AMemberStaysWhileItsPollIsHeldAndForTheTimeOfASeatAfterwards()
    {
        await _ana.WaitForReadAsync(2);
        var held = HoldAsync(2);
        _lobby.Clock.AdvanceSeconds(60);
        await held.Soon();
        _lobby.Clock.AdvanceSeconds(29);
        Assert.Equal(2, _room.Members);

        _lobby.Clock.AdvanceSeconds(1.25);

        Assert.Equal(1, _room.Members);
    }

    [Fact]
    public async Task AHeldPollOutlivesTheConnectionOfItsSeat()
    {
        var bots = new TestReader();
        _lobby.Return(_bot, bots, after: 2);
        var held = HoldAsync(2);
        await _ana.WaitForReadAsync(2);
        _room.Away(_bot).OrFail();
        _room.Drop(_bot, bots);

        _lobby.Clock.AdvanceSeconds(59);

        Assert.Equal(2, _room.Members);
        Assert.False(held.IsCompleted);
        _ana.Post("still there?");
        Assert.Single((await held.Soon()).OrFail().Events);
    }

    [Fact]
    public async Task TheTimeOfASeatCountsFromTheLastPollIfThatIsLater()
    {
        var bots = new TestReader();
        _lobby.Return(_bot, bots, after: 2);
        await _ana.WaitForReadAsync(2);
        _room.Recognize(_bot.Seat).OrFail();
        bots.Silence = TimeSpan.FromSeconds(12);
        _room.Drop(_bot, bots);

        _lobby.Clock.AdvanceSeconds(29);

        Assert.Equal(2, _room.Members);
    }

    [Fact]
    public async Task APollDoesNotReplaceAConnection()
    {
        Ask(_room, seat: _ana.Seat);
        await ReadAsync(null, _ana);

        await _anas.WaitForSeqAsync(_bot.Post("hi"));

        Assert.Empty(_anas.CloseReasons);
        Assert.DoesNotContain(_lobby.Activities(), activity => activity is MemberReturned);
    }

    [Fact]
    public async Task AConnectedMemberStaysAfterItsLastPoll()
    {
        await _anas.WaitForSeqAsync(2);
        await _ana.WaitForReadAsync(2);
        await ReadAsync(null, _ana);

        await Wait.UntilAsync(() => _ana.Place is { WritingSince: null }, "nothing to be under way");
        _lobby.Clock.AdvanceSeconds(20);
        _room.Recognize(_bot.Seat).OrFail();
        _lobby.Clock.AdvanceSeconds(20);

        Assert.Equal(2, _room.Members);
    }

    [Fact]
    public async Task AHeldPollWhosePlaceIsNoLongerKeptIsAnsweredEmptySoThatTheMemberPollsAgain()
    {
        using var lobby = new TestLobby(
            new Limits { ReplayBytes = 5_000, History = 5, MessagesPerSecond = 0, SeatSeconds = 1 });
        var room = lobby.NewRoom();
        var bot = Ask(room, "bot").Member;
        using var blocking = new BlockingReader();
        var slow = lobby.Lobby.Join(new JoinAttempt(room.Code.ToString(), "slow"), blocking).OrFail().Member;
        await Wait.UntilAsync(() => blocking.IsEntered, "a round that does not end");
        var held = room.ReadAsync(bot, 2, Minute, TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++) slow.Post(new string('x', 500));
        lobby.Clock.AdvanceSeconds(0.5);

        AssertEmptyAt(2, (await held.Soon()).OrFail());
        Assert.True((await room.ReadAsync(bot, 2, Minute, TestContext.Current.CancellationToken)).OrFail().HasGap);
        Assert.Equal(2, room.Members);
    }

    [Fact]
    public async Task PolledEventsAreCountedAsDeliveries()
    {
        await _ana.WaitForReadAsync(2);
        var (messages, deliveries) = (_lobby.Lobby.Messages, _lobby.Lobby.Deliveries);

        var held = HoldAsync(2);
        await _ana.WaitForReadAsync(_ana.Post("hi"));
        await held.Soon();
        await ReadAsync();

        Assert.Equal(1, _lobby.Lobby.Messages - messages);
        Assert.Equal(2 + 3, _lobby.Lobby.Deliveries - deliveries);
    }

    public void Dispose() => _lobby.Dispose();

    /// <summary>Holds up the round that writes to it.</summary>
    private sealed class BlockingReader : IReader, IDisposable
    {
        private readonly ManualResetEventSlim _open = new();

        public bool IsEntered { get; private set; }

        public TimeSpan Silence => TimeSpan.Zero;

        public Task WriteAsync(OutgoingMessage what)
        {
            IsEntered = true;
            _open.Wait(Wait.Timeout);
            return Task.CompletedTask;
        }

        public void Close(CloseReason why) { }

        public void Dispose() => _open.Set();
    }

    private Joined Ask(Room room, string? name = null, string? seat = null) =>
        _lobby.Lobby.Join(room, new JoinAttempt(null, name, seat)).OrFail();

    private async Task<EventPage> ReadAsync(long? after = null, Member? member = null) =>
        (await _room.ReadAsync(member ?? _bot, after, TimeSpan.Zero, TestContext.Current.CancellationToken)).OrFail();

    private Task<Outcome<EventPage>> HoldAsync(long after) =>
        _room.ReadAsync(_bot, after, Minute, TestContext.Current.CancellationToken);

    private static async Task AssertInPartsAsync(Member bot)
    {
        List<long> seqs = [];
        for (long? after = null; after < 51 || after is null;)
        {
            var answer = await bot.Room.ReadAsync(bot, after, TimeSpan.Zero, TestContext.Current.CancellationToken);
            var part = answer.OrFail();
            Assert.InRange(part.Events.Count, 1, 6);
            Assert.False(part.HasGap);
            seqs.AddRange(part.Events.Select(line => line.Seq));
            after = part.Seq;
        }
        Assert.Equal(Enumerable.Range(1, 51).Select(seq => (long)seq), seqs);
    }

    private static void AssertEmptyAt(long seq, EventPage page)
    {
        Assert.Empty(page.Events);
        Assert.Equal((seq, false), (page.Seq, page.HasGap));
    }
}
