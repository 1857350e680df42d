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

    public ValueTask<Outcome<Done>> LeaveAsync(Member member) => CommitAsync(Removal(member));

    /// <summary>The connection was lost. The seat waits, unless the member has a newer connection.</summary>
    public void Drop(Member member, IReader reader)
    {
        lock (_gate)
        {
            if (!IsReading(member, reader)) return;
            Disconnect(member);
            PublishConnection(member, new MemberDropped(_environment.UtcNow, Code, member.Name.Shown));
        }
    }

    public void Close(Member member, IReader reader, CloseReason reason)
    {
        lock (_gate)
        {
            if (reason == CloseReason.Flooding) member.Floods.Note(_environment.Uptime);
            if (IsReading(member, reader)) Drop(member, reason);
        }
        reader.Close(reason);
    }

    internal void AddRegisteredNames(HashSet<string> names)
    {
        lock (_gate)
        {
            foreach (var member in _members.All)
                if (member.IsRegistered) names.Add(member.Name.Key);
        }
    }

    internal void CloseSessions(Func<AccountIdentity, bool> hasEnded)
    {
        List<IReader> readers;
        lock (_gate)
        {
            var ended = _members.All.Where(member => member.Account is { } proved && hasEnded(proved)).ToList();
            readers = [.. ended.SelectMany(member => member.Readers)];
            foreach (var member in ended) Commit(Removal(member));
        }
        foreach (var reader in readers) reader.Close(CloseReason.SignedOut);
    }

    private bool IsReading(Member member, IReader reader) =>
        _members.Contains(member) && member.Place?.Reader == reader;

    private Operation<Done> Removal(Member member) => new(
        () => _members.Contains(member) ? Left(member, ownerUntil: _environment.UtcNow) : Reason.NotInRoom,
        _ => CompleteRemoval());

    /// <summary>The seat has been waited for long enough, which the right of an owner may not have been.</summary>
    private Operation<Done> Expiry(Member member) => new(
        () => _members.Contains(member) && _seatExpiry.HasExpired(member)
            ? Left(member, _seatExpiry.OwnerUntil(member))
            : Reason.NotInRoom,
        _ => CompleteRemoval());

    private LogEntry Left(Member member, DateTimeOffset ownerUntil, int? by = null)
    {
        var state = _state.Without(member, ownerUntil, isEmpty: _members.Count == 1);
        return NewEntry(
            NewEvent(EventType.Left, member.Row) with { By = by },
            new RosterChange(member.SeatHash, Row: null), state == _state ? null : state);
    }

    private Done CompleteRemoval()
    {
        if (IsOwnershipDue()) Commit(Succession());
        return new Done();
    }

    /// <summary>Tells the other servers whether the member is still connected here.</summary>
    private Operation<Done> PresenceUpdate(Member member)
    {
        return new(Decide, _ => new Done());

        Decision<Done> Decide()
        {
            var isConnected = member.Place is not null;
            return _members.Contains(member) && IsHere(member) && member.IsConnected != isConnected
                ? Changed(new RosterChange(member.SeatHash, MovedHere(member.Row, isConnected)))
                : new Done();
        }
    }

    private IReader Drop(Member member, CloseReason reason)
    {
        PublishConnection(member, new ConnectionClosed(_environment.UtcNow, Code, member.Name.Shown, reason));
        return Disconnect(member);
    }

    private IReader Disconnect(Member member)
    {
        var reader = member.Place!.Reader;
        NoteGiven(member);
        _delivery.Disconnect(member);
        NotePresence(member);
        _seatExpiry.StartAfterDrop(member, reader.Silence);
        if (_environment.Store.Server is not null) Commit(PresenceUpdate(member));
        return reader;
    }
}
