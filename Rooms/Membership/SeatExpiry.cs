namespace RoomChat.Rooms;

/// <summary>Until when a seat waits for its member to return. Guarded by the room's lock.</summary>
internal sealed class SeatExpiry(RoomEnvironment environment)
{
    private readonly Limits _limits = environment.Limits;

    /// <summary>The seat waits from the last time the connection or a request was heard.</summary>
    public void StartAfterDrop(Member member, TimeSpan silence)
    {
        var heardAt = environment.Uptime - silence;
        member.SeatExpiresAt ??= EndFrom(heardAt > member.LastRequestAt ? heardAt : member.LastRequestAt);
    }

    public void StartAfterAway(Member member) =>
        member.SeatExpiresAt = environment.Uptime + TimeSpan.FromSeconds(_limits.AwaySeconds);

    /// <summary>A request with the seat is presence; without a connection, for as long as a seat waits.</summary>
    public void RestartAfterRequest(Member member)
    {
        member.LastRequestAt = environment.Uptime;
        member.SeatExpiresAt = member.Place is null ? EndFrom(member.LastRequestAt) : null;
    }

    /// <summary>Whoever joins or returns connects only after that, or perhaps never.</summary>
    public void StartUnlessConnected(Member member)
    {
        if (member.Place is null) member.SeatExpiresAt ??= EndFrom(environment.Uptime);
    }

    public static void CancelAway(Member member)
    {
        if (member.Place is not null) Cancel(member);
    }

    public static void Cancel(Member member) => member.SeatExpiresAt = null;

    /// <summary>A held poll is presence.</summary>
    public IReadOnlyList<Member> Expired(Dictionary<string, Member>.ValueCollection members)
    {
        List<Member>? expired = null;   // allocated only if needed, since sweeps cover thousands of rooms
        var now = environment.Uptime;
        foreach (var member in members)
            if (HasExpired(member, now)) (expired ??= []).Add(member);
        return expired ?? (IReadOnlyList<Member>)[];
    }

    public bool HasExpired(Member member) => HasExpired(member, environment.Uptime);

    private static bool HasExpired(Member member, TimeSpan now) =>
        member.SeatExpiresAt <= now && member.Poll is null;

    private TimeSpan EndFrom(TimeSpan start) => start + TimeSpan.FromSeconds(_limits.SeatSeconds);
}
