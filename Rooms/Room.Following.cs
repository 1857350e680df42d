namespace RoomChat.Rooms;

/// <summary>What other servers append. Hearing of it may fail, so a hole or a silence is read.</summary>
public sealed partial class Room
{
    private const int UnusedSeconds = 60;
    private static readonly TimeSpan
        MinSilence = TimeSpan.FromSeconds(5), MaxSilence = TimeSpan.FromSeconds(60);

    private TimeSpan _heardAt, _usedAt;
    private Task _reading = Task.CompletedTask;
    private bool _isReading, _mustReadAgain;
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
            hasHole = HasHoleBefore(page);
            if (hasHole && _isAppending)
            {
                (_early ??= []).Add(page);
                return;
            }
            if (!hasHole) Fold(new LogAnswer(page));
        }
        if (hasHole) _ = CatchUp();
    }

    /// <summary>False if there is a hole before what was heard early.</summary>
    private bool FoldEarly()
    {
        var early = _early;
        _early = null;
        foreach (var page in early ?? [])
        {
            if (HasHoleBefore(page)) return false;
            Fold(new LogAnswer(page));
        }
        return true;
    }

    /// <summary>Or what is at the place of this server is another, since the log had lost its end.</summary>
    private bool HasHoleBefore(LogPage page)
    {
        if (page.After.Place.IsAfter(_head.Place)) return true;
        var token = page.After.Place == _head.Place
            ? page.After.Token
            : page.Entries.FirstOrDefault(entry => entry.Place == _head.Place).Token;
        return token is not null && _head.Token is not null && token != _head.Token;
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

    internal Task CatchUp()
    {
        lock (_gate)
        {
            if (_isClosed) return Task.CompletedTask;
            _mustReadAgain = _isReading;        // what was heard meanwhile may be later
            if (_isReading) return _reading;
            _isReading = true;
            return _reading = CatchUpAsync(ReadLog());
        }
    }

    private ValueTask<LogAnswer> ReadLog() => _log.ReadAsync(_head, hasMembers: _members.Count > 0);

    private async Task CatchUpAsync(ValueTask<LogAnswer> read)
    {
        while (true)
        {
            var answer = await RecoverAsync(read).ConfigureAwait(false);
            lock (_gate)
            {
                Fold(answer);
                _heardAt = _environment.Uptime;
                _recent?.Trim(_heardAt);
                _isReading = _mustReadAgain && !_isClosed;
                _mustReadAgain = false;
                if (!_isReading) return;
                read = ReadLog();
            }
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
