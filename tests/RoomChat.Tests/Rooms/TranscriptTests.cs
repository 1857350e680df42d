using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class TranscriptTests : IDisposable
{
    private readonly TestLobby _lobby = new(
        new Limits { History = 3, ReplaySeconds = 10, ReplayBytes = 9_000, MessagesPerSecond = 0, SeatSeconds = 60 });
    private readonly Room _room;
    private readonly Member _ana;
    private readonly TestReader _reader;

    public TranscriptTests() => (_ana, _reader) = _lobby.Join(_room = _lobby.NewRoom(), "ana");

    [Fact]
    public async Task SeqHasNoGaps()
    {
        var (bo, _) = _lobby.Join(_room, "bo");
        Assert.Equal(3, _ana.Post("one"));
        Assert.Equal(4, bo.Post("two"));
        _room.Leave(bo).OrFail();
        Assert.Equal(6, _ana.Post("three"));

        await _reader.WaitForSeqAsync(6);
        Assert.Equal([1, 2, 3, 4, 5, 6], _reader.Seqs);
        Assert.Equal(
            [
                EventType.Joined, EventType.Joined, EventType.Message,
                EventType.Message, EventType.Left, EventType.Message,
            ],
            _reader.Events.Select(line => line.Type));
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.History))]
    public async Task ANewcomerIsShownTheLastMessagesAndTheNoticesBetween()
    {
        _ana.Post("one");
        _ana.Post("two");
        var (bo, _) = _lobby.Join(_room, "bo");
        _ana.Post("three");
        _room.Leave(bo).OrFail();
        _ana.Post("four");

        var (_, cy) = _lobby.Join(_room, "cy");
        await cy.WaitForSeqAsync(8);

        Assert.Equal([3, 4, 5, 6, 7, 8], cy.Seqs);
        Assert.Equal(["two", "three", "four"], cy.Texts);
        Assert.Single(cy.Batches);
    }

    [Fact]
    public async Task JoinsAndLeavesDoNotPushMessagesOutOfTheHistory()
    {
        _ana.Post("one");
        _ana.Post("two");
        for (var i = 0; i < 3_000; i++) _room.Leave(_lobby.Join(_room, "passer-by").Member).OrFail();

        Assert.InRange(_lobby.Lobby.Bytes, 1, 10_000);
        var (_, bo) = _lobby.Join(_room, "bo");
        await bo.WaitForSeqAsync(6_004);
        Assert.Equal(["one", "two"], bo.Texts);
        Assert.InRange(bo.Events.Count, 3, 5);
    }

    [Fact]
    public async Task AReturnWithinTheReplayGetsExactlyTheMissedEvents()
    {
        await GoneAfterAsync(1);
        for (var i = 0; i < 20; i++) _lobby.Join(_room, $"guest {i}").Member.Post("hi");

        var (gap, events) = await BackAfterAsync(1, 41);

        Assert.False(gap);
        Assert.Equal(Enumerable.Range(2, 40).Select(seq => (long)seq), events);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.ReplaySeconds))]
    public async Task AReturnBeyondReplaySecondsIsToldOfTheGap()
    {
        var (bo, _) = _lobby.Join(_room, "bo");
        await GoneAfterAsync(2);
        foreach (var text in new[] { "one", "two", "three", "four" }) await bo.WaitForReadAsync(bo.Post(text));
        _lobby.Clock.AdvanceSeconds(11);

        var (gap, events) = await BackAfterAsync(2, 6);

        Assert.True(gap);
        Assert.Equal([4, 5, 6], events);
    }

    [Fact]
    public async Task AReturnBeyondReplaySecondsHasNoGapWhileTheHistoryHoldsEveryMissedEvent()
    {
        var (bo, _) = _lobby.Join(_room, "bo");
        await GoneAfterAsync(2);
        foreach (var text in new[] { "one", "two", "three" }) await bo.WaitForReadAsync(bo.Post(text));
        _lobby.Clock.AdvanceSeconds(11);

        var (gap, events) = await BackAfterAsync(2, 5);

        Assert.False(gap);
        Assert.Equal([3, 4, 5], events);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.ReplayBytes))]
    public async Task AReturnBeyondReplayBytesIsToldOfTheGap()
    {
        var (bo, _) = _lobby.Join(_room, "bo");
        await GoneAfterAsync(2);
        for (var i = 0; i < 20; i++) await bo.WaitForReadAsync(bo.Post(new string('x', 500)));

        var (gap, events) = await BackAfterAsync(2, 22);

        Assert.True(gap);
        Assert.Equal([20, 21, 22], events);
    }

    [Fact]
    public async Task TheTranscriptIsBoundedByReplayBytesAndHistory()
    {
        for (var i = 0; i < 100; i++) await _ana.WaitForReadAsync(_ana.Post(new string('x', 500)));

        Assert.InRange(_lobby.Lobby.Bytes, 3_000, 13_000);
    }

    [Fact]
    public async Task AfterReplaySecondsOnlyTheHistoryForNewcomersIsKept()
    {
        for (var i = 0; i < 6; i++) _ana.Post(new string('x', 500));
        await _ana.WaitForReadAsync(7);
        var before = _lobby.Lobby.Bytes;
        _lobby.Clock.AdvanceSeconds(11);

        Assert.InRange(_lobby.Lobby.Bytes, before * 2 / 5, before * 3 / 5);
    }

    [Fact]
    public void AClosedRoomKeepsNoEvents()
    {
        for (var i = 0; i < 10; i++) _ana.Post("hi", $"m{i}");
        Assert.NotEqual(0, _lobby.Lobby.Bytes);
        _room.Leave(_ana).OrFail();

        _lobby.Clock.AdvanceSeconds(new Limits().EmptyRoomSeconds + 1);

        Assert.Equal(0, _lobby.Lobby.Rooms);
        Assert.Equal(0, _lobby.Lobby.Bytes);
    }

    public void Dispose() => _lobby.Dispose();

    private async Task GoneAfterAsync(long seq)
    {
        await _reader.WaitForSeqAsync(seq);
        _room.Drop(_ana, _reader);
    }

    private async Task<(bool Gap, IReadOnlyList<long> Seqs)> BackAfterAsync(long seq, long upTo)
    {
        var reader = new TestReader();
        var joined = _lobby.Return(_ana, reader, seq);
        await reader.WaitForSeqAsync(upTo);
        return (joined.HasGap, reader.Seqs);
    }
}
