using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

/// <summary>A room whose log takes time, as one that is shared with other servers does.</summary>
public sealed class SlowLogTests
{
    private readonly SlowLog _log = new();
    private readonly Room _room;

    public SlowLogTests()
    {
        var clock = new TestClock();
        var environment = new RoomEnvironment(
            new Limits(), clock, new ActivityFeed(), new Counters(), null, new InMemoryRoomStore());
        var header = new RoomHeader(Code.New(), Room.NewEpoch(), clock.GetUtcNow(), Pair: null);
        _room = new Room(new StoredRoom(header, _log), environment);
    }

    [Fact]
    public async Task AMessageIsAcknowledgedOnceItIsInTheTranscript()
    {
        var (ana, reader) = await JoinAsync("ana");
        var posted = _room.PostAsync(ana, "hi", null).AsTask();

        Assert.False(posted.IsCompleted);
        Assert.Equal([1], reader.Seqs);
        _log.TakeNext();

        Assert.Equal(2, (await posted).OrFail());
        await reader.WaitForSeqAsync(2);
    }

    [Fact]
    public async Task WhatIsSentMeanwhileFollowsInOrderAndAtOnce()
    {
        var (ana, reader) = await JoinAsync("ana");
        var posted = Enumerable.Range(0, 5).Select(i => _room.PostAsync(ana, $"{i}", null).AsTask()).ToList();

        Assert.Equal(1, _log.TakeNext());
        Assert.Equal(4, _log.TakeNext());

        for (var i = 0; i < 5; i++) Assert.Equal(i + 2, (await posted[i]).OrFail());
        await reader.WaitForSeqAsync(6);
        Assert.Equal([1, 2, 3, 4, 5, 6], reader.Seqs);
    }

    [Fact]
    public async Task AMessageSentAgainMeanwhileIsTakenOnce()
    {
        var (ana, _) = await JoinAsync("ana");
        var first = _room.PostAsync(ana, "first", "m1").AsTask();
        var again = _room.PostAsync(ana, "second", "m1").AsTask();
        _log.TakeNext();

        Assert.Equal(2, (await first).OrFail());
        Assert.Equal(2, (await again).OrFail());
        Assert.Equal(0, _log.Waiting);
    }

    [Fact]
    public async Task OfTwoWhoAskForANameOneGetsIt()
    {
        var first = _room.JoinAsync(Request("ana"), new TestReader()).AsTask();
        var second = _room.JoinAsync(Request("Ana"), new TestReader()).AsTask();
        _log.TakeNext();

        Assert.True((await first).IsSuccess);
        Assert.Equal(Reason.NameTaken, (await second).Reason());
        Assert.Equal(1, _room.Members);
    }

    [Fact]
    public async Task WhoLeavesMeanwhileHasNotSentIt()
    {
        var (ana, reader) = await JoinAsync("ana");
        var (bo, _) = await JoinAsync("bo");
        var left = _room.LeaveAsync(bo).AsTask();
        var posted = _room.PostAsync(bo, "too late", null).AsTask();
        var next = _room.PostAsync(ana, "next", null).AsTask();
        _log.TakeNext();
        Assert.Equal(1, _log.TakeNext());

        Assert.True((await left).IsSuccess);
        Assert.Equal(Reason.NotInRoom, (await posted).Reason());
        Assert.Equal(4, (await next).OrFail());
        await reader.WaitForSeqAsync(4);
    }

    [Fact]
    public async Task ALogThatHasEndedIsToldEvenIfItAnswersAtOnce()
    {
        var (ana, reader) = await JoinAsync("ana");
        _log.HasEnded = true;

        Assert.Equal(Reason.RoomNotFound, _room.Post(ana, "too late", null).Reason());

        await reader.WaitForCloseAsync(CloseReason.Restarted);
    }

    [Fact]
    public async Task WhatTheLogKeepsNoLongerMayHaveBeenHeardMeanwhile()
    {
        var (ana, reader) = await JoinAsync("ana");
        var posted = _room.PostAsync(ana, "last", null).AsTask();
        _room.Hear(new LogPage(new LogHead(new LogPlace(1)), [Elsewhere(2), Elsewhere(3)]));
        _log.TakeNextAfter(new LogPage(new LogHead(new LogPlace(2)), [Elsewhere(3)]));

        Assert.Equal(4, (await posted).OrFail());
        await reader.WaitForSeqAsync(4);
        Assert.Equal([1, 2, 3, 4], reader.Seqs);
    }

    [Fact]
    public async Task WhatTheLogKeepsNoLongerAndNobodyHeardEndsTheRoom()
    {
        var (ana, reader) = await JoinAsync("ana");
        var posted = _room.PostAsync(ana, "last", null).AsTask();
        _log.TakeNextAfter(new LogPage(new LogHead(new LogPlace(2)), [Elsewhere(3)]));

        Assert.Equal(Reason.RoomNotFound, (await posted).Reason());
        await reader.WaitForCloseAsync(CloseReason.Restarted);
    }

    private LogEntry Elsewhere(long seq) =>
        new LogEntry(
            new RoomEvent(seq, EventType.Message, "bo", $"{seq}", _room.CreatedAt), null, null, By: "elsewhere")
        .At(new LogPlace(seq));

    private static JoinRequest Request(string typed) =>
        new(Name.TryParse(typed, 20, out var name) ? name : throw new ArgumentException(typed));

    private async Task<(Member Member, TestReader Reader)> JoinAsync(string name)
    {
        var reader = new TestReader();
        var joining = _room.JoinAsync(Request(name), reader).AsTask();
        _log.TakeNext();
        var joined = (await joining).OrFail();
        await reader.WaitForSeqAsync(joined.Seq);
        return (joined.Member, reader);
    }

    private sealed class SlowLog : IRoomLog
    {
        private readonly InMemoryRoomLog _log = new();
        private readonly Queue<(TaskCompletionSource<LogAnswer> Answer, LogHead Head, List<LogEntry> Entries)>
            _waiting = [];

        public int Waiting => _waiting.Count;

        public bool HasEnded { get; set; }

        public ValueTask<LogAnswer> AppendAsync(
            LogHead head, LogFences fences, IReadOnlyList<LogEntry> entries, long keepFrom)
        {
            if (HasEnded) return new(new LogAnswer(Page: null));
            var answer = new TaskCompletionSource<LogAnswer>();
            _waiting.Enqueue((answer, head, [.. entries]));
            return new(answer.Task);
        }

        public ValueTask<LogAnswer> ReadAsync(LogHead after, bool hasMembers) => _log.ReadAsync(after, hasMembers);

        /// <summary>The room folds it before this returns how many entries they are.</summary>
        public int TakeNext() => TakeNextAfter(new LogPage(_waiting.Peek().Head, []));

        /// <param name="page">What the log still keeps of what others have appended.</param>
        public int TakeNextAfter(LogPage page)
        {
            var (answer, head, entries) = _waiting.Dequeue();
            List<LogEntry> all = [.. page.Entries];
            foreach (var entry in entries)
                all.Add(entry.NumberedAfter(all is [.., var last] ? last.Place : head.Place));
            answer.SetResult(new LogAnswer(page with { Entries = all }, FirstTaken: page.Entries.Count));
            return entries.Count;
        }
    }
}
