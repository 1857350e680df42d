namespace RoomChat.Rooms;

/// <summary>What other servers append. Hearing of it may fail, so a hole or a silence is read.</summary>
public sealed partial class Room
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    private TimeSpan _heardAt;
    private bool _isReading;

    internal void Hear(LogPage page)
    {
        bool hasHole;
        lock (_gate)
        {
            hasHole = page.After.IsAfter(_place);
            if (!hasHole) Fold(new LogAnswer(page));
            _heardAt = _environment.Uptime;
        }
        CloseSuperseded();
        if (hasHole) CatchUp();
    }

    internal void HearTyping(string seatHash)
    {
        List<PendingWrite> writes;
        lock (_gate)
        {
            if (_members.WithSeatHash(seatHash) is not { } member) return;
            writes = BeginTyping(member);
        }
        _delivery.Write(writes);
    }

    internal void CatchUp()
    {
        lock (_gate)
        {
            if (_isReading || _isClosed) return;
            _isReading = true;
            _ = CatchUpAsync(_log.ReadAsync(_place, hasMembers: _members.Count > 0));
        }
    }

    private async Task CatchUpAsync(ValueTask<LogAnswer> read)
    {
        var answer = await read.ConfigureAwait(false);
        lock (_gate)
        {
            Fold(answer);
            (_isReading, _heardAt) = (false, _environment.Uptime);
        }
        CloseSuperseded();
    }

    /// <summary>Members at a server that is gone have dropped, and their seats wait.</summary>
    private void NoteServersGone()
    {
        foreach (var member in _members.All)
        {
            if (IsHere(member)) continue;
            if (_environment.Store.IsAlive(member.Row.Server)) SeatExpiry.Cancel(member);
            else _seatExpiry.StartAfterDrop(member, silence: TimeSpan.Zero);
        }
    }
}
