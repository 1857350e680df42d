namespace RoomChat.Rooms;

public sealed partial class Room
{
    internal bool IsClosed
    {
        get { lock (_gate) { return _isClosed; } }
    }

    internal TimeSpan LastActive
    {
        get { lock (_gate) { return _lastActive; } }
    }

    internal bool Sweep()
    {
        List<IReader>? stuck = null;
        bool mustRead, mustEnd, isClosed;
        LogPlace roster;
        lock (_gate)
        {
            if (_environment.Store.Server is not null) NoteServersGone();
            RefuseOverdue();
            foreach (var member in _seatExpiry.Expired(_members.All))
                Commit(Expiry(member));
            if (IsOwnershipDue()) Commit(Succession());
            foreach (var member in _members.All)
            {
                if (_delivery.IsStuck(member.Place)) (stuck ??= []).Add(Drop(member, CloseReason.TooSlow));
                if (!_delivery.IsStuck(member.Poll?.Place)) continue;
                (stuck ??= []).Add(_delivery.EndPoll(member)!);
                _seatExpiry.RestartAfterRequest(member);
            }
            _transcript.TrimReplay();
            ShowSeen();
            PublishSeen();
            _isClosed |= _members.Count == 0 && !_isAppending
                && _environment.HasPassed(_lastActive, _environment.Limits.EmptyRoomSeconds);
            if (_isClosed) _transcript.Clear();
            (isClosed, roster) = (_isClosed, _fences.Roster);
            if (!_isClosed && IsUnused()) Forget();
            mustRead = MustRead();
            mustEnd = _state.EndsAt <= _environment.UtcNow && !_isClosed;
        }
        foreach (var reader in stuck ?? []) reader.Close(CloseReason.TooSlow);
        if (mustRead) _ = CatchUp();
        if (mustEnd) _ = CloseAsync(by: null).AsTask();
        if (isClosed) _environment.Store.End(this, roster);
        return !isClosed && !IsForgotten;
    }

    internal void TrimOldest(long bytes)
    {
        lock (_gate) { _transcript.TrimOldest(bytes); }
    }

    /// <summary>Keeps an empty room for a while; false once it has closed.</summary>
    internal bool TryKeepOpen()
    {
        lock (_gate)
        {
            _lastActive = _environment.Uptime;
            return !_isClosed;
        }
    }
}
