using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class DeliveryTests : IDisposable
{
    private readonly TestLobby _lobby = new(
        new Limits { MessagesPerSecond = 0, ReplaySeconds = 60, ReplayBytes = 4 << 20, SlowMemberSeconds = 10 });
    private readonly Room _room;
    private readonly Member _ana, _bo;
    private readonly TestReader _anas, _bos;

    public DeliveryTests()
    {
        _room = _lobby.NewRoom();
        (_ana, _anas) = _lobby.Join(_room, "ana");
        (_bo, _bos) = _lobby.Join(_room, "bo");
    }

    [Fact]
    public async Task MembersAtTheSamePlaceGetTheSameBatch()
    {
        await _ana.WaitForReadAsync(2);
        await _bo.WaitForReadAsync(2);
        var seq = _ana.Post("hi");
        await _anas.WaitForSeqAsync(seq);
        await _bos.WaitForSeqAsync(seq);

        Assert.Same(_anas.Batches[^1], _bos.Batches[^1]);
    }

    [Fact]
    public async Task ABatchIsEncodedOnceForAll()
    {
        await _anas.WaitForSeqAsync(2);
        var encoded = 0;

        var forms = Enumerable.Range(0, 5)
            .Select(_ => _anas.Batches[^1].GetOrEncode(_ => $"form {++encoded}"))
            .ToList();

        Assert.All(forms, form => Assert.Same(forms[0], form));
        Assert.Equal(1, encoded);
    }

    [Fact]
    public async Task AMuteMemberDoesNotDelayTheOthers()
    {
        await MuteBoAsync();

        for (var i = 0; i < 100; i++) await _anas.WaitForSeqAsync(_ana.Post($"{i}"));

        Assert.Equal([1, 2, 3], _bos.Seqs);
    }

    [Fact]
    public async Task AMuteMemberThatReadsAgainGetsEveryMissedEventAsOneBatch()
    {
        await MuteBoAsync();
        for (var i = 4; i <= 50; i++) _ana.Post($"{i}");

        _bos.Resume();
        await _bos.WaitForSeqAsync(50);

        Assert.Equal(
            Enumerable.Range(4, 47).Select(seq => (long)seq), _bos.Batches[^1].Events.Select(line => line.Seq));
    }

    [Fact]
    public async Task ALargeBacklogIsDeliveredInPartsInOrder()
    {
        await MuteBoAsync();
        for (var i = 4; i <= 1_000; i++) _ana.Post(new string('x', 500));
        var before = _bos.Batches.Count;

        _bos.Resume();
        await _bos.WaitForSeqAsync(1_000);

        Assert.InRange(_bos.Batches.Count - before, 4, 10);
        Assert.Equal(Enumerable.Range(1, 1_000).Select(seq => (long)seq), _bos.Seqs);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.SlowMemberSeconds))]
    public async Task AMemberThatDoesNotReadIsDroppedAndKeepsItsSeat()
    {
        await MuteBoAsync();
        _lobby.Clock.AdvanceSeconds(9.5);
        await _ana.WaitForReadAsync(_ana.Post("missed"));
        Assert.Empty(_bos.CloseReasons);

        _lobby.Clock.AdvanceSeconds(1);
        Assert.Equal([CloseReason.TooSlow], _bos.CloseReasons);
        Assert.Empty(_anas.CloseReasons);
        _room.Drop(_bo, _bos);

        var back = new TestReader();
        var joined = _lobby.Return(_bo, back, after: 3);
        await back.WaitForSeqAsync(4);

        Assert.Same(_bo, joined.Member);
        Assert.Equal([4], back.Seqs);
        Assert.False(joined.HasGap);
        Assert.Equal(
            [("bo", CloseReason.TooSlow)],
            _lobby.Activities().OfType<ConnectionClosed>().Select(cut => (cut.Name, cut.Reason)));
    }

    [Fact]
    public async Task ADroppedMemberThatDoesNotReturnLeaves()
    {
        await MuteBoAsync();
        _lobby.Clock.AdvanceSeconds(11);
        Assert.Equal(2, _room.Members);

        _lobby.Clock.AdvanceSeconds(new Limits().SeatSeconds);

        Assert.Equal(1, _room.Members);
    }

    [Fact]
    public async Task AMemberWhosePlaceIsNoLongerKeptIsDroppedSooner()
    {
        using var lobby = new TestLobby(new Limits { ReplayBytes = 5_000, MessagesPerSecond = 0 });
        var room = lobby.NewRoom();
        var (ana, anas) = lobby.Join(room, "ana");
        var (bo, bos) = lobby.Join(room, "bo");
        await bo.WaitForReadAsync(2);
        bos.Stall();
        for (var i = 0; i < 10; i++) await ana.WaitForReadAsync(ana.Post(new string('x', 500)));

        lobby.Clock.AdvanceSeconds(0.5);

        Assert.Equal([CloseReason.TooSlow], bos.CloseReasons);
        Assert.Empty(anas.CloseReasons);
    }

    [Fact]
    public async Task TypingGoesToTheOthersOnly()
    {
        await Wait.UntilAsync(
            () => _room.Typing(_ana).TryGet(out _, out _) && _bos.Typists.Count > 0, "bo to see ana typing");

        Assert.Equal("ana", _bos.Typists[^1]);
        Assert.Empty(_anas.Typists);
    }

    [Fact]
    public async Task TypingIsNotSentWhileAWriteIsUnderWay()
    {
        await MuteBoAsync();
        _room.Typing(_ana).OrFail();
        _bos.Resume();
        await _bos.WaitForSeqAsync(_ana.Post("done typing"));

        Assert.Empty(_bos.Typists);
    }

    [Fact]
    public async Task TypingIsNotInTheTranscript()
    {
        _room.Typing(_ana).OrFail();

        Assert.Equal(3, _ana.Post("hi"));
        await _anas.WaitForSeqAsync(3);
        Assert.Equal([EventType.Joined, EventType.Joined, EventType.Message], _anas.Events.Select(line => line.Type));
    }

    [Fact]
    public async Task EventsThatArriveDuringATypingNoticeFollowTheNotice()
    {
        await _bo.WaitForReadAsync(2);
        _bos.Stall();
        await Wait.UntilAsync(
            () => _room.Typing(_ana).TryGet(out _, out _) && _bos.Typists.Count > 0, "bo to see ana typing");
        await _anas.WaitForSeqAsync(_ana.Post("hi"));
        Assert.DoesNotContain(3, _bos.Seqs);

        _bos.Resume();

        await _bos.WaitForSeqAsync(3);
    }

    [Fact]
    public async Task AReaderHasOneWriteAtATime()
    {
        var slow = new YieldingReader();
        _lobby.Lobby.Join(new JoinAttempt(_room.Code.ToString(), "slow"), slow, null).OrFail();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < 500; i++)
                {
                    _ana.Post("hi");
                    _room.Typing(_bo).OrFail();
                }
            },
            TestContext.Current.CancellationToken)));
        await Wait.UntilAsync(() => slow.LastSeq == 2_003, "all to be read");

        Assert.Equal(1, slow.MostAtOnce);
    }

    [Fact]
    public async Task JoiningAgainOnTheSameConnectionDuringAWriteDoesNotBeginAnother()
    {
        var room = _lobby.NewRoom();
        var (ana, reader) = _lobby.Join(room, "ana");
        await ana.WaitForReadAsync(1);
        reader.Stall();
        await reader.WaitForSeqAsync(ana.Post("under way"));
        var (bo, bos) = _lobby.Join(room, "bo");
        _lobby.Try(room, "ana", reader, current: ana).OrFail();
        await bos.WaitForSeqAsync(bo.Post("fence"));
        Assert.Equal(2, reader.Written.Count);
    }

    [Fact]
    public async Task OneRoundGoesOutAtATime()
    {
        var room = _lobby.NewRoom();
        var writers = new Writers();
        var members = Enumerable.Range(0, 8).Select(n =>
            _lobby.Lobby.Join(
                new JoinAttempt(room.Code.ToString(), $"m{n}"),
                new CountingReader(writers, doneAtOnce: n % 2 == 0),
                null).OrFail().Member)
            .ToList();

        await Task.WhenAll(members.Take(4).Select(member => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++) member.Post("hi");
        }, TestContext.Current.CancellationToken)));
        await members[0].WaitForReadAsync(8_008);

        Assert.Equal(1, writers.Most);
    }

    [Fact]
    public async Task ARoundToManyIncludesEveryMessageSinceTheLastRound()
    {
        var room = _lobby.NewRoom();
        var crowd = Enumerable.Range(0, 100).Select(i => _lobby.Join(room, $"member {i}")).ToList();
        await Wait.UntilAsync(() =>
        {
            _lobby.Clock.AdvanceSeconds(0.01);
            return crowd.All(member => member.Reader.Seqs.Contains(100));
        }, "all to have seen all join");
        _lobby.Clock.AdvanceSeconds(0.01);
        var (ana, reader) = crowd[0];
        var before = reader.Batches.Count;

        await reader.WaitForSeqAsync(ana.Post("at once"));
        for (var i = 0; i < 5; i++) ana.Post($"{i}");
        await Wait.UntilAsync(() =>
        {
            _lobby.Clock.AdvanceSeconds(0.001);
            return reader.Seqs[^1] == 106;
        }, "the next round");

        Assert.Equal([1, 5], reader.Batches.Skip(before).Select(batch => batch.Events.Count));
    }

    [Fact]
    public async Task InAQuietRoomTheThreadThatReceivedAMessageDeliversItAfterTheAnswer()
    {
        Assert.SkipWhen(RedisServer.OfThisRun is not null, "A message is taken later, by another thread.");
        await BecomeQuietAsync();

        _anas.Handle(() =>
        {
            _ana.Post("hi");
            Assert.Equal([1, 2], _bos.Seqs);
        });

        Assert.Equal([1, 2, 3], _anas.Seqs);
        Assert.Equal([1, 2, 3], _bos.Seqs);
    }

    [Fact]
    public async Task WhatIsSaidBeforeThatIsDeliveredByThePoolWithIt()
    {
        await BecomeQuietAsync();

        await Task.Run(() => _anas.Handle(() =>
        {
            _ana.Post("hi");
            _bo.Post("there");
            _bos.WaitForSeqAsync(4).Wait();
        }), TestContext.Current.CancellationToken).Soon();

        Assert.Equal([1, 2, 3, 4], _anas.Seqs);
        Assert.Equal([1, 2, 3, 4], _bos.Seqs);
    }

    [Fact]
    public async Task WhatIsSaidDuringThatIsDeliveredByThePool()
    {
        var cys = new AnsweringReader(answer: () => _bo.Post("there"));
        var cy = _lobby.Lobby.Join(new JoinAttempt($"{_room.Code}", "cy"), cys).OrFail().Member;
        await cy.WaitForReadAsync(3);
        await BecomeQuietAsync();

        _anas.Handle(() => _ana.Post("question"));

        await _anas.WaitForSeqAsync(5);
        await _bos.WaitForSeqAsync(5);
    }

    [Fact]
    public async Task WhoComesBeforeThatIsShownTheHistory()
    {
        await BecomeQuietAsync();
        TestReader? cys = null;

        await Task.Run(() => _anas.Handle(() =>
        {
            _ana.Post("hi");
            cys = _lobby.Join(_room, "cy").Reader;
            cys.WaitForSeqAsync(4).Wait();
        }), TestContext.Current.CancellationToken).Soon();

        Assert.Equal([1, 2, 3, 4], cys!.Seqs);
    }

    [Fact]
    public async Task InABusyRoomThePoolDelivers()
    {
        await BecomeQuietAsync();

        await Task.Run(() => _anas.Handle(() => _ana.Post("hi")), TestContext.Current.CancellationToken).Soon();
        await _bos.WaitForSeqAsync(3);
        await Task.Run(() => _anas.Handle(() =>
        {
            _ana.Post("there");
            _bos.WaitForSeqAsync(4).Wait();
        }), TestContext.Current.CancellationToken).Soon();
    }

    public void Dispose() => _lobby.Dispose();

    private async Task BecomeQuietAsync()
    {
        await _ana.WaitForReadAsync(2);
        await _bo.WaitForReadAsync(2);
        _lobby.Clock.AdvanceSeconds(0.01);
    }

    /// <summary>Begins a write to bo that does not complete.</summary>
    private async Task MuteBoAsync()
    {
        await _bo.WaitForReadAsync(2);
        _bos.Stall();
        var seq = _ana.Post("does bo read this?");
        await _bos.WaitForSeqAsync(seq);
        await _ana.WaitForReadAsync(seq);
    }

    private sealed class YieldingReader : IReader
    {
        public TimeSpan Silence => TimeSpan.Zero;

        private int _underWay;

        public int MostAtOnce { get; private set; }
        public long LastSeq { get; private set; }

        public async Task WriteAsync(OutgoingMessage what)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _underWay));
            await Task.Yield();
            if (what is Batch batch) LastSeq = batch.Events[^1].Seq;
            Interlocked.Decrement(ref _underWay);
        }

        public void Close(CloseReason why) { }
    }

    private sealed class AnsweringReader(Action answer) : IReader
    {
        public TimeSpan Silence => TimeSpan.Zero;

        public Task WriteAsync(OutgoingMessage what)
        {
            if (what is Batch batch && batch.Events[^1].Text == "question") answer();
            return Task.CompletedTask;
        }

        public void Close(CloseReason why) { }
    }

    private sealed class Writers
    {
        private int _now, _most;

        public int Most => _most;

        public void Enter() => _most = Math.Max(_most, Interlocked.Increment(ref _now));

        public void Leave() => Interlocked.Decrement(ref _now);
    }

    private sealed class CountingReader(Writers writers, bool doneAtOnce) : IReader
    {
        public TimeSpan Silence => TimeSpan.Zero;

        public Task WriteAsync(OutgoingMessage what)
        {
            writers.Enter();
            Thread.SpinWait(2_000);
            writers.Leave();
            return doneAtOnce ? Task.CompletedTask : Task.Run(() => Thread.SpinWait(500));
        }

        public void Close(CloseReason why) { }
    }
}
