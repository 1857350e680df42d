namespace RoomChat.Rooms;

/// <summary>The end of a room for everybody, on every server.</summary>
public sealed partial class Room
{
    /// <summary>Whoever runs the server. No name can forge it, since what it says has a type of its own.</summary>
    public const string Operator = "server";

    /// <summary>Who closed it; null if it was empty, or its time had come.</summary>
    internal string? ClosedBy { get; private set; }

    public async ValueTask<Outcome<Done>> CloseAsync(Member owner)
    {
        while (true)
        {
            LogPlace roster;
            lock (_gate)
            {
                if (_isClosed) return Reason.RoomNotFound;
                if (WhyNotAct(owner) is { } reason) return reason;
                roster = _fences.Roster;
            }
            var outcome = await CloseAsync(owner.Name.Shown, roster).ConfigureAwait(false);
            if (!outcome.TryGet(out var isClosed, out var refusal)) return refusal;
            if (isClosed) return new Done();
            await CatchUp().ConfigureAwait(false);
        }
    }

    /// <param name="roster">Only if nobody has become the owner since then.</param>
    internal async ValueTask<Outcome<bool>> CloseAsync(string? by, LogPlace? roster = null)
    {
        ClosedBy = by;      // before this server hears of it
        var outcome = await _environment.Store.CloseAsync(this, roster).ConfigureAwait(false);
        if (outcome.TryGet(out var isClosed, out _) && isClosed) EndForEverybody();
        else ClosedBy = null;
        return outcome;
    }

    /// <summary>From whoever runs the server.</summary>
    internal ValueTask<Outcome<Done>> AnnounceAsync(string text)
    {
        if (MessageText.Validate(text, _environment.Limits.MessageLength) is { } invalid) return new(invalid);
        return CommitAsync(new Operation<Done>(
            () => _isClosed
                ? Reason.RoomNotFound
                : NewEntry(new RoomEvent(0, EventType.Announced, Operator, text, _environment.UtcNow)),
            _ => new Done()));
    }

    private void EndForEverybody()
    {
        lock (_gate)
        {
            if (!_isClosed) End(CloseReason.RoomClosed);
        }
    }
}
