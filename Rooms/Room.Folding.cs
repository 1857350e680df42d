namespace RoomChat.Rooms;

public sealed partial class Room
{
    private LogHead _head;
    private LogFences _fences;

    private void Fold(LogAnswer answer)
    {
        if (_isClosed) return;
        // Some of what the log keeps no longer may have been heard while the answer was on its way.
        if (answer.Page is not { } page || page.After.Place.IsAfter(_head.Place)) End();
        else
            for (var i = 0; i < page.Entries.Count; i++)
                if (page.Entries[i].Place.IsAfter(_head.Place)) Fold(page.Entries[i]);
    }

    private void Fold(LogEntry entry)
    {
        _head = entry.Head;
        _recent?.Add(entry, _environment.Uptime);
        if (entry.IsRosterFence) _fences = _fences with { Roster = entry.Place };
        if (entry.Event is { IsAmendment: true }) _fences = _fences with { Amended = entry.Place };
        if (entry.State is { } state) _state = state;
        if (entry.Change is { } change) Fold(change, WhyLetGo(entry));
        if (entry.Event is not { } appended) return;
        var whom = NameOfOther(appended);
        _transcript.Append(appended);
        _lastActive = _environment.Uptime;
        Publish(new EventAppended(
            Code, appended, _members.Count, whom, IsDirect: Pair is not null,
            IsElsewhere: entry.By != _environment.Store.Server, IsSealed));
        _delivery.Wake(_delivery.IsQuiet ? PlaceOfSender(appended) : null);
    }

    private Place? PlaceOfSender(RoomEvent appended) =>
        appended.Who is { } who ? _members.WithWho(who)?.Place : null;

    private string? NameOfOther(RoomEvent appended) => appended.Type switch
    {
        EventType.Owner => _members.WithWho(appended.To!.Number)?.Name.Shown,
        EventType.Left => appended.By is { } who ? _members.WithWho(who)?.Name.Shown : null,
        EventType.Removed => _transcript.Find(appended.Of!.Value) is { } message && message.Who != appended.Who
            ? message.From : null,
        _ => null,
    };

    private CloseReason? WhyLetGo(LogEntry entry) =>
        entry.Event is { Type: EventType.Left, By: not null } ? CloseReason.Removed
        : entry.By != _environment.Store.Server ? CloseReason.Restarted
        : null;

    /// <param name="letGo">Why the connection of a member who is gone ends, if it does not end by itself.</param>
    private void Fold(RosterChange change, CloseReason? letGo)
    {
        var member = _members.WithSeatHash(change.FormerSeatHash ?? change.SeatHash);
        if (change.Row is not { } row)
        {
            if (member is not null) Remove(member, letGo);
            return;
        }
        if (member is null) _members.Add(member = new Member(this, change.SeatHash, row));
        else if (member.SeatHash != change.SeatHash) _members.ChangeSeat(member, change.SeatHash);
        if (row.IsConnected != member.IsConnected) NotePresence(member);
        _members.Update(member, row);
        if (IsHere(member)) _seatExpiry.StartUnlessConnected(member);
        else
        {
            LetGo(member, CloseReason.Replaced);
            _givenUpTo?.Remove(member.Name.Key);     // another server knows
        }
    }

    private void Remove(Member member, CloseReason? letGo)
    {
        NoteGiven(member);
        if (letGo is { } reason) LetGo(member, reason);
        _delivery.Disconnect(member);
        _delivery.EndPoll(member)?.Close();
        _members.Remove(member);
    }

    /// <summary>Another server has the member now, or has given up its seat.</summary>
    private void LetGo(Member member, CloseReason reason)
    {
        SeatExpiry.Cancel(member);
        if (member.Place is not { } place) return;
        _delivery.Disconnect(member);
        _ = Task.Run(() => place.Reader.Close(reason));     // without the lock
    }

    /// <summary>If the log has begun anew, the members come back to it as after a restart.</summary>
    private void End(CloseReason reason = CloseReason.Restarted)
    {
        _isClosed = true;
        foreach (var member in _members.All.ToList()) Remove(member, reason);
        _transcript.Clear();
    }

    /// <summary>Another load of the same room was sooner.</summary>
    internal void Discard()
    {
        lock (_gate) { End(); }
    }
}
