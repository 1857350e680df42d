namespace RoomChat.Rooms;

public sealed partial class Room
{
    /// <summary>The page is being closed or reloaded: the seat waits only briefly.</summary>
    public Outcome<Done> Away(Member member)
    {
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            _seatExpiry.StartAfterAway(member);
            return new Done();
        }
    }

    public Outcome<Done> Leave(Member member)
    {
        LongPoll? poll;
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            poll = member.Poll;
            Remove(member);
        }
        poll?.Close();
        return new Done();
    }

    /// <summary>The connection was lost. The seat waits, unless the member has a newer connection.</summary>
    public void Drop(Member member, IReader reader)
    {
        lock (_gate)
        {
            if (!IsReading(member, reader)) return;
            Disconnect(member);
            Publish(new MemberDropped(_environment.UtcNow, Code, member.Name.Shown));
        }
    }

    public void Close(Member member, IReader reader, CloseReason reason)
    {
        lock (_gate)
        {
            if (IsReading(member, reader)) Drop(member, reason);
        }
        reader.Close(reason);
    }

    internal void CloseSessions(Func<AccountIdentity, bool> hasEnded)
    {
        List<IReader> readers;
        lock (_gate)
        {
            var ended = _members.All.Where(member => member.Account is { } proved && hasEnded(proved)).ToList();
            readers = [.. ended.SelectMany(member => member.Readers)];
            foreach (var member in ended) Remove(member);
        }
        foreach (var reader in readers) reader.Close(CloseReason.SignedOut);
    }

    private bool IsReading(Member member, IReader reader) =>
        _members.Contains(member) && member.Place?.Reader == reader;

    private void Remove(Member member)
    {
        _delivery.Disconnect(member);
        _delivery.EndPoll(member);
        _members.Remove(member);
        Append(EventType.Left, member);
    }

    private IReader Drop(Member member, CloseReason reason)
    {
        Publish(new ConnectionClosed(_environment.UtcNow, Code, member.Name.Shown, reason));
        return Disconnect(member);
    }

    private IReader Disconnect(Member member)
    {
        var reader = member.Place!.Reader;
        _delivery.Disconnect(member);
        _seatExpiry.StartAfterDrop(member, reader.Silence);
        return reader;
    }
}
