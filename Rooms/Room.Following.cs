namespace RoomChat.Rooms;

/// <summary>What other servers append. Hearing of it may fail, so a hole or a silence is read.</summary>
public sealed partial class Room
{
    private const int UnusedSeconds = 60;
    private static readonly TimeSpan
        MinSilence = TimeSpan.FromSeconds(5), MaxSilence = TimeSpan.FromSeconds(60);

    private TimeSpan _heardAt, _usedAt;
    private bool _isReading;
    private List<LogPage>? _early;      // heard while the answer that they follow was on its way

    /// <summary>It lives on at other servers, and is loaded again once somebody here asks for it.</summary>
    internal bool IsForgotten { get; private set; }

    internal bool TryUse()
    {
        lock (_gate)
        {
            _usedAt = _environment.Uptime;
            return !_isClosed;
        }
    }

    internal void Hear(LogPage page)
    {
        bool hasHole;
        lock (_gate)
        {
            _heardAt = _environment.Uptime;
            hasHole = page.After.IsAfter(_place);
            if (hasHole && _isAppending)
            {
                (_early ??= []).Add(page);
                return;
            }
            if (!hasHole) Fold(new LogAnswer(page));
        }
        if (hasHole) CatchUp();
    }

    /// <summary>False if there is a hole before what was heard early.</summary>
    private bool FoldEarly()
    {
        var early = _early;
        _early = null;
        foreach (var page in early ?? [])
        {
            if (page.After.IsAfter(_place)) return false;
            Fold(new LogAnswer(page));
        }
        return true;
    }

    internal void HearClosed() => EndForEverybody();

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
    }

    /// <summary>Five seconds after the last event, then at twice the time, at least once a minute.</summary>
    private bool MustRead()
    {
        var silence = (_environment.Uptime - _lastActive) / 2;
        if (silence < MinSilence) silence = MinSilence;
        if (silence > MaxSilence) silence = MaxSilence;
        return _environment.Store.Server is not null && _environment.Uptime - _heardAt >= silence;
    }

    private bool IsUnused() =>
        _environment.Store.Server is not null && !_isAppending && _environment.HasPassed(_usedAt, UnusedSeconds)
        && _members.Count > 0 && !_members.All.Any(IsHere);

    private void Forget()
    {
        IsForgotten = true;
        End();
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
