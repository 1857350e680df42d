namespace RoomChat.Rooms;

/// <summary>
/// Who is in a room: one holder to a name, one seat to a member, and until when a seat waits for its holder.
/// The room's lock guards it.
/// </summary>
internal sealed class Membership(RoomEnvironment environment)
{
    private readonly Dictionary<string, Member> _byName = [];
    private readonly Dictionary<string, Member> _bySeat = [];

    private readonly Limits _limits = environment.Limits;

    public int Count => _bySeat.Count;

    public IReadOnlyCollection<Member> All => _bySeat.Values;

    public List<RosterEntry> Roster() => [.. _bySeat.Values.Select(RosterEntry.Of)];

    public bool Contains(Member member) => WithSeat(member.Seat) == member;

    public Member? WithSeat(string? seat) => seat is null ? null : _bySeat.GetValueOrDefault(seat);

    /// <summary>An account comes back to its member without the seat, from another device say.</summary>
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

    public static void Return(Member member, JoinRequest request)
    {
        if (member.IsRegistered) member.Account = request.AccountFor(member.Name) ?? member.Account;
        member.LeavesAt = null;
    }

    public Refusal? TakeToken(Member member) =>
        member.Messages.TryTake(environment.Uptime, _limits.MessagesPerSecond, _limits.MessageBurst, out var wait)
            ? null
            : new Refusal(Reason.RateLimited, wait);

    /// <summary>A member that writes is not away.</summary>
    public static void CancelAway(Member member)
    {
        if (member.Place is not null) member.LeavesAt = null;
    }

    public void Away(Member member) => member.LeavesAt = environment.Uptime + TimeSpan.FromSeconds(_limits.AwaySeconds);

    /// <summary>The seat waits from when the connection was last heard, or from a later request.</summary>
    public void Drop(Member member, TimeSpan silence)
    {
        var heardAt = environment.Uptime - silence;
        member.LeavesAt ??= SeatEnd(heardAt > member.LastRequestAt ? heardAt : member.LastRequestAt);
    }

    /// <summary>A request with the seat is presence; without a connection, for as long as a seat waits.</summary>
    public void NoteRequest(Member member)
    {
        member.LastRequestAt = environment.Uptime;
        member.LeavesAt = member.Place is null ? SeatEnd(member.LastRequestAt) : null;
    }

    /// <summary>Those whose seat nobody came back for in time. A held poll is presence.</summary>
    public IReadOnlyList<Member> Expired()
    {
        List<Member>? expired = null;   // there is seldom one, and a server sweeps thousands of rooms
        var now = environment.Uptime;
        foreach (var member in _bySeat.Values)
            if (member.LeavesAt <= now && member.Poll is null) (expired ??= []).Add(member);
        return expired ?? (IReadOnlyList<Member>)[];
    }

    private TimeSpan SeatEnd(TimeSpan from) => from + TimeSpan.FromSeconds(_limits.SeatSeconds);
}
