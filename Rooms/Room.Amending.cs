namespace RoomChat.Rooms;

/// <summary>What was said can change: a later event amends a message, which is kept as it has become.</summary>
public sealed partial class Room
{
    public ValueTask<Outcome<long>> EditAsync(Member member, long seq, string? text)
    {
        var invalid = WhyNotText(text, _environment.Limits.MessageLength);
        return AmendAsync(
            member, seq,
            isDone: message => message.Text == text && message.Who == member.Who,
            message => WhyNotEdit(member, message) ?? invalid,
            () => NewEvent(EventType.Edited, member.Row, text));
    }

    /// <summary>The author for a while, the owner of the room at any time.</summary>
    public ValueTask<Outcome<long>> RemoveMessageAsync(Member member, long seq) => AmendAsync(
        member, seq,
        isDone: message => message.IsStub && (message.By ?? message.Who) == member.Who,
        message => _state.IsOwnedBy(member) ? null : WhyNotEdit(member, message),
        () => NewEvent(EventType.Removed, member.Row));

    public ValueTask<Outcome<long>> ReactAsync(Member member, long seq, string? mark, bool on)
    {
        if (Reactions.ParseMark(mark) is not { } known) return new(Reason.BadRequest);
        return AmendAsync(
            member, seq,
            isDone: message => !message.IsStub && (message.Reactions ?? Reactions.None).Has(known, member.Who) == on,
            _ => null,
            () => NewEvent(EventType.Reacted, member.Row) with { Mark = known, On = on });
    }

    /// <param name="isDone">Nothing is to be appended, as when the answer to a call was lost.</param>
    private ValueTask<Outcome<long>> AmendAsync(
        Member member, long seq, Func<RoomEvent, bool> isDone, Func<RoomEvent, Reason?> whyNot,
        Func<RoomEvent> newAmendment)
    {
        var isCounted = false;
        return CommitAsync(new Operation<long>(Decide, taken => taken.Event!.Seq));

        Decision<long> Decide()
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            SeatExpiry.CancelAway(member);
            if (_transcript.Find(seq) is not { } message) return Reason.MessageNotFound;
            if (isDone(message)) return _transcript.Head;
            if (message.IsStub) return Reason.MessageNotFound;
            if (whyNot(message) is { } reason) return reason;
            if (!isCounted && _members.TakeToken(member) is { } limited) return limited;
            isCounted = true;
            var amendment = newAmendment() with { Of = seq };
            return NewEntry(amendment) with { Amended = message.AmendedBy(amendment) };
        }
    }

    private Reason? WhyNotEdit(Member member, RoomEvent message) =>
        message.Who != member.Who ? Reason.NotYours
        : _environment.UtcNow - message.At > TimeSpan.FromSeconds(_environment.Limits.EditSeconds) ? Reason.TooLate
        : null;
}
