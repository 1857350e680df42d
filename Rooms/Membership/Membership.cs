namespace RoomChat.Rooms;

/// <summary>The names and seats of a room. Guarded by the room's lock.</summary>
internal sealed class Membership(RoomEnvironment environment)
{
    private readonly Dictionary<string, Member> _byName = [];
    private readonly Dictionary<string, Member> _byLook = [];
    private readonly Dictionary<string, Member> _bySeat = [];

    private readonly Limits _limits = environment.Limits;

    public int Count => _bySeat.Count;

    public Dictionary<string, Member>.ValueCollection All => _bySeat.Values;

    public bool IsFull => _limits.MembersPerRoom > 0 && Count >= _limits.MembersPerRoom;

    public List<RosterEntry> Roster() => [.. _bySeat.Values.Select(RosterEntry.Of)];

    public bool Contains(Member member) => WithSeatHash(member.SeatHash) == member;

    public Member? WithSeatHash(string hash) => _bySeat.GetValueOrDefault(hash);

    public Member? WithWho(int who) => _bySeat.Values.FirstOrDefault(member => member.Who == who);

    public Member? WithName(Name name) => _byName.GetValueOrDefault(name.Key);

    /// <summary>Also by a name that looks the same.</summary>
    public bool IsTaken(Name name, Member? except = null) => HolderOf(name, except) is not null;

    public Member? HolderOf(Name name, Member? except = null)
    {
        foreach (var look in name.Looks)
            if (_byLook.TryGetValue(look, out var holder) && holder != except) return holder;
        return null;
    }

    public Member? WithSeat(string? seat)
    {
        if (seat is null || WithSeatHash(Seats.Hash(seat)) is not { } member) return null;
        member.Seat = seat;
        return member;
    }

    /// <summary>An account needs no seat to return, for example from another device.</summary>
    public Member? WithAccount(JoinRequest request) =>
        request.Name is { } name && request.AccountFor(name) is not null
            && WithName(name) is { IsRegistered: true } member ? member : null;

    public Reason? WhyNotAdd(JoinRequest request, bool isReserved)
    {
        if (request.Name is not { } name) return Reason.NameInvalid;
        if (isReserved) return Reason.NameReserved;
        if (IsTaken(name)) return Reason.NameTaken;
        return IsFull ? Reason.RoomFull : null;
    }

    public void Add(Member member)
    {
        AddName(member);
        _bySeat.Add(member.SeatHash, member);
        environment.Counters.AddMembers(1);
    }

    public void Remove(Member member)
    {
        RemoveName(member);
        _bySeat.Remove(member.SeatHash);
        environment.Counters.AddMembers(-1);
    }

    public void Update(Member member, RosterRow row)
    {
        RemoveName(member);
        member.Row = row;
        AddName(member);
    }

    public void ChangeSeat(Member member, string seatHash)
    {
        _bySeat.Remove(member.SeatHash);
        (member.SeatHash, member.Seat) = (seatHash, "");
        _bySeat.Add(seatHash, member);
    }

    /// <summary>Ended with the session that the member has come back with.</summary>
    public static AccountIdentity? RenewedAccount(Member member, JoinRequest request) =>
        member.Account is { } account && request.AccountFor(member.Name) is { } proved
            && proved.Session != account.Session ? proved : member.Account;

    private void AddName(Member member)
    {
        _byName.Add(member.Name.Key, member);
        foreach (var look in member.Name.Looks) _byLook.TryAdd(look, member);
    }

    private void RemoveName(Member member)
    {
        _byName.Remove(member.Name.Key);
        foreach (var look in member.Name.Looks)
            if (_byLook.GetValueOrDefault(look) == member) _byLook.Remove(look);
    }

    public Refusal? TakeToken(Member member) =>
        member.Messages.TryTake(environment.Uptime, _limits.MessagesPerSecond, _limits.MessageBurst, out var wait)
            ? null
            : new Refusal(Reason.RateLimited, wait);
}
