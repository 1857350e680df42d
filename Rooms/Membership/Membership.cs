namespace RoomChat.Rooms;

/// <summary>The names and seats of a room. Guarded by the room's lock.</summary>
internal sealed class Membership(RoomEnvironment environment)
{
    private readonly Dictionary<string, Member> _byName = [];
    private readonly Dictionary<string, Member> _bySeat = [];

    private readonly Limits _limits = environment.Limits;

    public int Count => _bySeat.Count;

    public Dictionary<string, Member>.ValueCollection All => _bySeat.Values;

    public List<RosterEntry> Roster() => [.. _bySeat.Values.Select(RosterEntry.Of)];

    public bool Contains(Member member) => WithSeat(member.Seat) == member;

    public Member? WithSeat(string? seat) => seat is null ? null : _bySeat.GetValueOrDefault(seat);

    /// <summary>An account needs no seat to return, for example from another device.</summary>
    public Member? WithAccount(JoinRequest request) =>
        request.Name is { } name && request.AccountFor(name) is not null
            && _byName.TryGetValue(name.Key, out var member) && member.IsRegistered ? member : null;

    public Outcome<Member> Add(Room room, JoinRequest request)
    {
        if (request.Name is not { } name) return Reason.NameInvalid;
        var account = request.AccountFor(name);
        if (account is null && environment.ReservedNames?.IsReserved(name) == true) return Reason.NameReserved;
        if (_byName.ContainsKey(name.Key)) return Reason.NameTaken;
        if (_limits.MembersPerRoom > 0 && Count >= _limits.MembersPerRoom) return Reason.RoomFull;

        var member = new Member(room, name, environment.UtcNow, account);
        _byName.Add(name.Key, member);
        _bySeat.Add(member.Seat, member);
        environment.Counters.AddMembers(1);
        return member;
    }

    public void Remove(Member member)
    {
        _byName.Remove(member.Name.Key);
        _bySeat.Remove(member.Seat);
        environment.Counters.AddMembers(-1);
    }

    public static void RenewSession(Member member, JoinRequest request)
    {
        if (member.IsRegistered) member.Account = request.AccountFor(member.Name) ?? member.Account;
    }

    public Refusal? TakeToken(Member member) =>
        member.Messages.TryTake(environment.Uptime, _limits.MessagesPerSecond, _limits.MessageBurst, out var wait)
            ? null
            : new Refusal(Reason.RateLimited, wait);
}
