namespace RoomChat.Rooms;

/// <summary>What only the owner can do, and how the right passes on.</summary>
public sealed partial class Room
{
    private const int TitleLength = 60, MinEndSeconds = 5 * 60, MaxEndSeconds = 7 * 24 * 3600;

    public ValueTask<Outcome<Done>> LockAsync(Member owner, bool isLocked) => ActAsync(
        owner,
        () => isLocked == _state.IsLocked
            ? new Done()
            : NewEntry(
                NewEvent(isLocked ? EventType.Locked : EventType.Unlocked, owner.Row),
                state: _state with { IsLocked = isLocked }));

    /// <summary>Without a passphrase, anybody with the code comes in again.</summary>
    public async ValueTask<Outcome<Done>> SetPassphraseAsync(
        Member owner, string? passphrase, Func<string, Task<Outcome<string>>> hashAsync)
    {
        if (passphrase is not null && !Passphrase.IsValid(passphrase)) return Reason.PassphraseInvalid;
        lock (_gate)
        {
            if (WhyNotAct(owner) is { } reason) return reason;
        }
        string? hash = null;
        if (passphrase is not null
            && !(await hashAsync(passphrase).ConfigureAwait(false)).TryGet(out hash, out var refusal)) return refusal;
        return await ActAsync(
            owner,
            () => hash is null && _state.Passphrase is null
                ? new Done()
                : NewEntry(
                    NewEvent(EventType.Passphrase, owner.Row) with { On = hash is not null },
                    state: _state with { Passphrase = hash }),
            isCounted: true).ConfigureAwait(false);
    }

    public ValueTask<Outcome<Done>> NameAsync(Member owner, string? title)
    {
        title = title?.Trim();
        if (title is not null && (WhyNotText(title, TitleLength) is not null || title.Any(char.IsControl)))
            return new(Reason.TitleInvalid);
        return ActAsync(
            owner,
            () => title == _state.Title
                ? new Done()
                : NewEntry(NewEvent(EventType.Titled, owner.Row, title), state: _state with { Title = title }));
    }

    /// <summary>Without a time, the room stays.</summary>
    public ValueTask<Outcome<Done>> EndInAsync(Member owner, int? seconds)
    {
        if (seconds is < MinEndSeconds or > MaxEndSeconds) return new(Reason.BadRequest);
        var endsAt = seconds is { } time ? _environment.UtcNow.AddSeconds(time) : (DateTimeOffset?)null;
        return ActAsync(
            owner,
            () => endsAt == _state.EndsAt
                ? new Done()
                : NewEntry(
                    NewEvent(EventType.Ends, owner.Row) with { EndsAt = endsAt },
                    state: _state with { EndsAt = endsAt }));
    }

    /// <summary>Somebody who has left already is nobody else, whatever name is asked for.</summary>
    public ValueTask<Outcome<Done>> RemoveMemberAsync(Member owner, int who) => ActAsync(
        owner,
        () => who == owner.Who || who < 1 || who > _state.LastWho ? Reason.BadRequest
            : _members.WithWho(who) is { } member ? Left(member, ownerUntil: default, by: owner.Who)
            : new Done());

    public ValueTask<Outcome<Done>> PassOwnershipAsync(Member owner, int who) => ActAsync(
        owner,
        () => who == owner.Who ? new Done()
            : _members.WithWho(who) is { } heir ? Passed(_state.Owner!, heir)
            : Reason.BadRequest);

    private ValueTask<Outcome<Done>> ActAsync(Member owner, Func<Decision<Done>> decide, bool isCounted = false)
    {
        return CommitAsync(new Operation<Done>(Decide, _ => new Done()));

        Decision<Done> Decide()
        {
            if (WhyNotAct(owner, isCounted) is { } refusal) return refusal;
            isCounted = true;
            return decide();
        }
    }

    private Refusal? WhyNotAct(Member owner, bool isCounted = false) =>
        !_members.Contains(owner) ? Reason.NotInRoom
        : !_state.IsOwnedBy(owner) ? Reason.NotOwner
        : isCounted ? null
        : _members.TakeToken(owner);

    /// <summary>The right of an owner who is gone passes on once it has waited long enough.</summary>
    private Operation<Done> Succession() => new(
        () => IsOwnershipDue() && Heir(_state.Owner!) is { } heir ? Passed(_state.Owner!, heir) : new Done(),
        _ => new Done());

    private LogEntry Passed(Owner from, Member heir) => NewEntry(
        new RoomEvent(0, EventType.Owner, from.Name, Text: null, _environment.UtcNow)
        {
            Who = from.Who,
            To = new(heir.Who),
        },
        state: _state with { Owner = Owner.Of(heir) });

    private bool IsOwnershipDue() =>
        _members.Count > 0 && _state.Owner is { } owner
        && (owner.Until ?? OwnerUntil(owner)) <= _environment.UtcNow;

    /// <summary>A seat may be set to wait for longer than the right does.</summary>
    private DateTimeOffset? OwnerUntil(Owner owner) =>
        _environment.Limits.SeatSeconds > _environment.Limits.OwnerSeconds
        && _members.WithSeatHash(owner.SeatHash) is { AbsentSince: not null } member && IsHere(member)
            ? _seatExpiry.OwnerUntil(member)
            : null;

    /// <summary>Whoever came back with the owner's seat, or else whoever is longest there.</summary>
    private Member? Heir(Owner owner) =>
        _members.WithSeatHash(owner.SeatHash) is { } returned && returned.Who != owner.Who
            ? returned
            : _members.All.Where(member => member.Who != owner.Who).MinBy(member => member.Who);

    private bool IsOwnersSeat(string? seatHash) =>
        seatHash is not null && _state.Owner is { Until: { } until } owner
        && owner.SeatHash == seatHash && until > _environment.UtcNow;

    private RoomState WithNewcomer(RosterRow row, string seatHash, bool isOwner, string? keyCheck)
    {
        var now = _environment.UtcNow;
        var owner = _state.Owner;
        if (isOwner) owner = owner! with { SeatHash = seatHash, Until = now };
        else if (Pair is null && _members.Count == 0 && (owner is null || owner.Until <= now))
            owner = new Owner(row.Who, row.Name.Shown, seatHash);
        return _state with { LastWho = row.Who, Owner = owner, KeyCheck = keyCheck };
    }
}
