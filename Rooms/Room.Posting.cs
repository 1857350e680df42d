namespace RoomChat.Rooms;

public sealed partial class Room
{
    /// <summary>An id sent again by the same name returns the first seq: the first text wins.</summary>
    /// <param name="id">In a sealed room, needed: the text is bound to it, so that none can be replayed.</param>
    public ValueTask<Outcome<long>> PostAsync(Member member, string? text, string? id, long? replyTo = null)
    {
        if (id is null ? IsSealed : !MessageId.IsValid(id)) return new(Reason.BadRequest);
        var invalid = WhyNotText(text, _environment.Limits.MessageLength);
        var isCounted = false;
        return CommitAsync(
            new Operation<long>(Decide, taken => taken.Event!.Seq) { MessageId = id });

        Decision<long> Decide()
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            SeatExpiry.CancelAway(member);
            if (id is not null && _transcript.SeqOf(member, id) is { } known) return known;
            if (invalid is { } reason) return reason;
            if (replyTo < 1 || replyTo > _transcript.Head) return Reason.MessageNotFound;
            if (!isCounted && _members.TakeToken(member) is { } limited) return limited;
            isCounted = true;
            var change = IsHere(member) ? null : new RosterChange(member.SeatHash, member.Row);
            return NewEntry(NewEvent(EventType.Message, member.Row, text, id) with { ReplyTo = replyTo }, change);
        }
    }

    private Reason? WhyNotText(string? text, int maxLength) =>
        IsSealed ? SealedText.Validate(text, maxLength) : MessageText.Validate(text, maxLength);

    public Outcome<Done> Typing(Member member)
    {
        List<PendingWrite> writes;
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            SeatExpiry.CancelAway(member);
            if (_members.TakeToken(member) is { } limited) return limited;
            writes = BeginTyping(member);
        }
        _delivery.Write(writes);
        _environment.Store.PublishTyping(this, member);
        return new Done();
    }

    private List<PendingWrite> BeginTyping(Member member) =>
        _delivery.BeginToIdle(new TypingNotice(member.Name.Shown), except: member.Place);
}
