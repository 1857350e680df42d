namespace RoomChat.Rooms;

public sealed partial class Room
{
    /// <summary>An id sent again by the same name returns the first seq: the first text wins.</summary>
    public Outcome<long> Post(Member member, string? text, string? id)
    {
        if (id is not null && !MessageId.IsValid(id)) return Reason.BadRequest;
        var invalid = MessageText.Validate(text, _environment.Limits.MessageLength);
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            SeatExpiry.CancelAway(member);
            if (id is not null && _transcript.SeqOf(member.Name, id) is { } known) return known;
            if (invalid is { } reason) return reason;
            if (_members.TakeToken(member) is { } limited) return limited;
            return Append(EventType.Message, member, text, id).Seq;
        }
    }

    public Outcome<Done> Typing(Member member)
    {
        List<PendingWrite> writes;
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            SeatExpiry.CancelAway(member);
            if (_members.TakeToken(member) is { } limited) return limited;
            writes = _delivery.BeginToIdle(new TypingNotice(member.Name.Shown), except: member.Place);
        }
        _delivery.Write(writes);
        return new Done();
    }
}
