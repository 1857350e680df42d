namespace RoomChat.Rooms;

/// <summary>Until when a seat waits for its member to return. Guarded by the room's lock.</summary>
internal sealed class SeatExpiry(RoomEnvironment environment)
{
    private readonly Limits _limits = environment.Limits;

    /// <summary>The seat waits from the last time the connection or a request was heard.</summary>
    public void StartAfterDrop(Member member, TimeSpan silence)
    {
        var heardAt = environment.Uptime - silence;
        if (heardAt < member.LastRequestAt) heardAt = member.LastRequestAt;
        member.AbsentSince ??= heardAt;
        member.SeatExpiresAt ??= EndFrom(heardAt);
    }

    public void StartAfterAway(Member member)
    {
        member.AbsentSince ??= environment.Uptime;
        member.SeatExpiresAt = environment.Uptime + TimeSpan.FromSeconds(_limits.AwaySeconds);
    }

    /// <summary>A request with the seat is presence; without a connection, for as long as a seat waits.</summary>
    public void RestartAfterRequest(Member member)
    {
        member.LastRequestAt = environment.Uptime;
        member.AbsentSince = member.Place is null ? member.LastRequestAt : null;
        member.SeatExpiresAt = member.Place is null ? EndFrom(member.LastRequestAt) : null;
    }

    /// <summary>Whoever joins or returns connects only after that, or perhaps never.</summary>
    public void StartUnlessConnected(Member member)
    {
        if (member.Place is not null) return;
        member.AbsentSince ??= environment.Uptime;
        member.SeatExpiresAt ??= EndFrom(environment.Uptime);
    }

    public static void CancelAway(Member member)
    {
        if (member.Place is not null) Cancel(member);
    }

    public static void Cancel(Member member) => (member.SeatExpiresAt, member.AbsentSince) = (null, null);

    /// <summary>When the right of an owner who is absent passes on, however long the seat waits.</summary>
    public DateTimeOffset OwnerUntil(Member member) =>
        environment.UtcNow + TimeSpan.FromSeconds(_limits.OwnerSeconds)
        - (member.AbsentSince is { } since ? environment.Uptime - since : TimeSpan.Zero);

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
