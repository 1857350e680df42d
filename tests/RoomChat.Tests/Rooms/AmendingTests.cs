using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class AmendingTests : IDisposable
{
    private readonly TestLobby _lobby = new(new Limits
    {
        History = 3,
        ReplaySeconds = 10,
        SeatSeconds = 3_600,
        EditSeconds = 60,
        MessagesPerSecond = 0,
        SlowMemberSeconds = 86_400,
    });

    private readonly Room _room;
    private readonly Member _owner, _ana;
    private readonly TestReader _anas;

    public AmendingTests()
    {
        _room = _lobby.NewRoom();
        (_owner, _) = _lobby.Join(_room, "owner");
        (_ana, _anas) = _lobby.Join(_room, "ana");
    }

    [Fact]
    public async Task AnEditIsAnEventAndOverwritesWhatIsKept()
    {
        var seq = _ana.Post("frist", "m1");
        var edit = _ana.Edit(seq, "first").OrFail();

        await _anas.WaitForSeqAsync(edit);
        var edited = _anas.Events[^1];
        Assert.Equal(
            (EventType.Edited, seq, "first", "ana", _ana.Who),
            (edited.Type, edited.Of, edited.Text, edited.From, edited.Who));
        var kept = Kept(seq);
        Assert.Equal(("first", edited.At, "m1"), (kept.Text, kept.EditedAt, kept.Id));
        Assert.DoesNotContain(Everything(), read => read.Text == "frist");
    }

    [Fact]
    public async Task OnlyTheLastTextIsKept()
    {
        var seq = _ana.Post("one");
        var first = _ana.Edit(seq, "two").OrFail();
        _ana.Edit(seq, "three").OrFail();

        var replay = Everything();
        Assert.Equal(["three", "three"], replay.Select(read => read.Text).OfType<string>());
        Assert.Equal((EventType.Superseded, seq), (replay[(int)first - 1].Type, replay[(int)first - 1].Of));
        Assert.Equal("three", (await NewcomersAsync()).Single(read => read.Seq == seq).Text);
    }

    [Fact]
    public async Task WhatWasTakenBackLeavesAStubAndItsEvent()
    {
        var seq = _ana.Post("hi", "m1");
        _ana.Edit(seq, "ho").OrFail();
        var reacted = _owner.React(seq, "👍").OrFail();
        var removal = _ana.Remove(seq).OrFail();

        await _anas.WaitForSeqAsync(removal);
        Assert.Equal((EventType.Removed, seq, "ana"), Of(_anas.Events[^1]));
        var kept = Kept(seq);
        Assert.Equal((EventType.Removed, seq, "ana"), Of(kept));
        Assert.Null(kept.Text);
        Assert.Null(kept.Marks);
        Assert.Null(kept.By);
        Assert.All(Everything(), read => Assert.Null(read.Text));
        Assert.Equal(EventType.Superseded, Everything()[(int)reacted - 1].Type);
        Assert.Equal(seq, _ana.Post("again", "m1"));
        Assert.Equal(removal, Head);
    }

    [Fact]
    public void TheOwnerRemovesWhatOthersSaidAtAnyTime()
    {
        var seq = _ana.Post("hi");
        _lobby.Clock.AdvanceSeconds(3_000);
        Assert.Equal(Reason.TooLate, _ana.Remove(seq).Reason());

        _owner.Remove(seq).OrFail();

        var kept = Kept(seq);
        Assert.Equal((EventType.Removed, seq, "ana"), Of(kept));
        Assert.Equal(_owner.Who, kept.By);
    }

    [Fact]
    public void OthersCanNeitherEditNorTakeBack()
    {
        var mine = _owner.Post("mine");

        Assert.Equal(Reason.NotYours, _ana.Edit(mine, "yours").Reason());
        Assert.Equal(Reason.NotYours, _ana.Remove(mine).Reason());
        Assert.Equal(Reason.NotYours, _owner.Edit(_ana.Post("hi"), "ho").Reason());
    }

    [Fact]
    public void ANamesakeIsSomebodyElse()
    {
        var seq = _ana.Post("hi");
        _room.Leave(_ana).OrFail();
        var (namesake, _) = _lobby.Join(_room, "ana");

        Assert.Equal(Reason.NotYours, namesake.Edit(seq, "ho").Reason());
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.EditSeconds))]
    public void AnAuthorHasEditSeconds()
    {
        var seq = _ana.Post("hi");
        _lobby.Clock.AdvanceSeconds(60);
        _ana.Edit(seq, "ho").OrFail();
        _lobby.Clock.AdvanceSeconds(1);

        Assert.Equal(Reason.TooLate, _ana.Edit(seq, "hu").Reason());
        Assert.Equal(Reason.TooLate, _ana.Remove(seq).Reason());
    }

    [Fact]
    public void WhatIsNoMessageOrNotKeptCannotChange()
    {
        var seq = _ana.Post("one");
        Assert.Equal(Reason.MessageNotFound, _ana.Edit(1, "joined").Reason());
        Assert.Equal(Reason.MessageNotFound, _ana.Edit(seq + 1, "not yet").Reason());
        Assert.Equal(Reason.MessageNotFound, _ana.React(0, "👍").Reason());

        foreach (var text in new[] { "two", "three", "four" }) _ana.Post(text);
        _lobby.Clock.AdvanceSeconds(11);

        Assert.Equal(Reason.MessageNotFound, _ana.Edit(seq, "gone").Reason());
        var removed = _ana.Post("five");
        _ana.Remove(removed).OrFail();
        Assert.Equal(Reason.MessageNotFound, _ana.Edit(removed, "removed").Reason());
        Assert.Equal(Reason.MessageNotFound, _owner.Remove(removed).Reason());
    }

    [Theory]
    [InlineData("", Reason.TextEmpty)]
    [InlineData("\u0001", Reason.TextInvalid)]
    [InlineData(null, Reason.BadRequest)]
    public void AnEditedTextFollowsTheRulesOfTexts(string? text, Reason reason) =>
        Assert.Equal(reason, _ana.Edit(_ana.Post("hi"), text).Reason());

    [Fact]
    public void WhatHoldsAlreadyIsNoEvent()
    {
        var seq = _ana.Post("hi");
        _ana.Edit(seq, "ho").OrFail();
        var head = Head;

        Assert.Equal(head, _ana.Edit(seq, "ho").OrFail());
        _ana.Remove(seq).OrFail();
        Assert.Equal(head + 1, _ana.Remove(seq).OrFail());
        Assert.Equal(head + 1, Head);
    }

    [Fact]
    public void AmendmentsCountAsMessages()
    {
        using var lobby = new TestLobby(new Limits { MessagesPerSecond = 1, MessageBurst = 3 });
        var (ana, _) = lobby.Join(lobby.NewRoom(), "ana");
        var seq = ana.Post("hi");
        ana.Edit(seq, "ho").OrFail();
        ana.React(seq, "👍").OrFail();

        Assert.Equal(Reason.RateLimited, ana.React(seq, "👎").Reason());
        Assert.Equal(Reason.RateLimited, ana.Edit(seq, "hu").Reason());
        Assert.Equal(Reason.RateLimited, ana.Remove(seq).Reason());
        Assert.Equal(Reason.RateLimited, ana.Rename("bo").Reason());
    }

    [Fact]
    public async Task AmendmentsDoNotPushTheTalkOutOfTheHistory()
    {
        foreach (var text in new[] { "one", "two", "three" }) _ana.Post(text);
        for (var i = 0; i < 50; i++)
        {
            _owner.React(Head - i, "👍", on: i % 2 == 0);
            _ana.Edit(5, $"three, edit {i}").OrFail();
        }

        var shown = await NewcomersAsync();

        Assert.Equal(["one", "two", "three, edit 49"], shown.Select(read => read.Text).OfType<string>());
    }

    [Fact]
    public async Task AMemberThatMissedAnAmendmentIsShownTheWholeHistoryAgain()
    {
        var seq = _ana.Post("hi");
        _ana.Post("so");
        var seen = Head;
        await _anas.WaitForSeqAsync(seen);
        _room.Drop(_ana, _anas);
        _owner.Remove(seq).OrFail();
        _lobby.Clock.AdvanceSeconds(11);

        var reader = new TestReader();
        var joined = _lobby.Return(_ana, reader, seen);
        await Wait.UntilAsync(() => reader.Events.Count > 0, "the history");

        Assert.True(joined.HasGap);
        Assert.Equal((EventType.Removed, seq, "ana"), Of(reader.Events.Single(read => read.Seq == seq)));
        Assert.Equal("so", reader.Events[^1].Text);
    }

    [Fact]
    public async Task AHistoryThatWaitsToBeSentIsAmendedToo()
    {
        var seq = _ana.Post("hi");
        var (bo, bos) = _lobby.Join(_room, "bo");
        await bos.WaitForSeqAsync(Head);
        bos.Stall();
        _owner.Post("more");
        await Wait.UntilAsync(() => bo.Place!.WritingSince is not null, "a write under way");
        _lobby.Return(bo, bos, after: null);
        _ana.Remove(seq).OrFail();
        var before = bos.Events.Count;
        bos.Resume();
        await bos.WaitForSeqAsync(Head);

        Assert.Contains(bos.Events.Skip(before), read => read.Seq == seq);
        Assert.DoesNotContain(bos.Events.Skip(before), read => read.Text == "hi");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NothingHoldsATextThatWasEditedOrTakenBack(bool isRemoved)
    {
        using var lobby = new TestLobby();
        var text = Overwritten(lobby, isRemoved);
        lobby.Activities();     // what the terminal is still to show

        await Wait.UntilAsync(
            () =>
            {
                GC.Collect();
                return !text.TryGetTarget(out _);
            },
            "the text to be forgotten");
        Assert.Equal(1, lobby.Lobby.Members);
    }

    [Fact]
    public void BytesAreCountedAsTheyChange()
    {
        var seq = _ana.Post("hi");
        var before = _lobby.Lobby.Bytes;
        _ana.Edit(seq, new string('x', 400)).OrFail();
        Assert.InRange(_lobby.Lobby.Bytes - before, 1_600, 2_000);
        for (var n = 0; n < 8; n++) _owner.React(seq, Marks[n]).OrFail();
        _ana.Remove(seq).OrFail();

        Assert.Equal(Everything().Sum(read => (long)read.EstimateBytes()), _lobby.Lobby.Bytes);
        _lobby.Clock.AdvanceSeconds(11);
        Assert.InRange(_lobby.Lobby.Bytes, 1, 1_000);
    }

    [Fact]
    public void AMarkIsThereOncePerMemberAndGoesWithTheSecondCall()
    {
        var seq = _ana.Post("hi");
        var first = _owner.React(seq, "❤").OrFail();
        _ana.React(seq, "❤️").OrFail();
        Assert.Equal(Head, _ana.React(seq, "❤️").OrFail());
        _ana.React(seq, "👍").OrFail();

        Assert.Equal(["owner", "ana"], Kept(seq).Marks!["❤️"]);
        Assert.Equal([_owner.Who, _ana.Who], Kept(seq).MarkedBy!["❤️"]);
        var event1 = Everything()[(int)first - 1];
        Assert.Equal((EventType.Reacted, seq, "❤️", true), (event1.Type, event1.Of, event1.Mark, event1.On));

        _owner.React(seq, "❤️", on: false).OrFail();
        Assert.Equal(["ana"], Kept(seq).Marks!["❤️"]);
        _ana.React(seq, "❤️", on: false).OrFail();
        _ana.React(seq, "👍", on: false).OrFail();
        Assert.Null(Kept(seq).Marks);
        Assert.Equal(Head, _ana.React(seq, "👍", on: false).OrFail());
    }

    [Theory]
    [InlineData("🦄")]
    [InlineData("")]
    [InlineData("👍👍")]
    [InlineData(null)]
    public void ThereAreEightMarks(string? mark) =>
        Assert.Equal(Reason.BadRequest, _ana.React(_ana.Post("hi"), mark).Reason());

    [Fact]
    public void WhatWasSaidCanBeAnswered()
    {
        var seq = _ana.Post("hi");
        var answer = _room.PostAsync(_owner, "ho", id: null, replyTo: seq).Wait().OrFail();

        Assert.Equal(seq, Kept(answer).ReplyTo);
        Assert.Null(Kept(seq).ReplyTo);
        Assert.Equal(Reason.MessageNotFound, _room.PostAsync(_owner, "ho", null, Head + 1).Wait().Reason());
        Assert.Equal(Reason.MessageNotFound, _room.PostAsync(_owner, "ho", null, 0).Wait().Reason());
    }

    public void Dispose() => _lobby.Dispose();

    private static readonly string[] Marks = ["👍", "❤️", "😂", "🎉", "😮", "😢", "👎", "✅"];

    private long Head => Everything()[^1].Seq;

    private static (EventType, long?, string) Of(RoomEvent read) => (read.Type, read.Of, read.From);

    private IReadOnlyList<RoomEvent> Everything() =>
        _room.ReadAsync(_owner, 0, TimeSpan.Zero, default).Result.OrFail().Events;

    private RoomEvent Kept(long seq) => Everything().Single(read => read.Seq == seq);

    private async Task<IReadOnlyList<RoomEvent>> NewcomersAsync()
    {
        var (_, reader) = _lobby.Join(_room, $"newcomer {Guid.NewGuid():N}"[..18]);
        await Wait.UntilAsync(() => reader.Events.Count > 0, "the history");
        return reader.Batches[0].Events;
    }

    /// <summary>Apart, so that no local variable holds the text. A member that polls is written nothing.</summary>
    private static WeakReference<string> Overwritten(TestLobby lobby, bool isRemoved)
    {
        var room = lobby.NewRoom();
        var ana = lobby.Lobby.Join(new JoinAttempt($"{room.Code}", "ana"), reader: null).OrFail().Member;
        var text = string.Concat("a secret ", Guid.NewGuid().ToString());
        var seq = ana.Post(text);
        if (isRemoved) ana.Remove(seq).OrFail();
        else ana.Edit(seq, "no secret").OrFail();
        return new WeakReference<string>(text);
    }
}
