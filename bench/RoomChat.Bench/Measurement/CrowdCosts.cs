using System.Globalization;

namespace RoomChat.Bench.Measurement;

/// <summary>Of a room that fills and empties. Server CPU is what comes on top of that for the other rooms.</summary>
/// <param name="KilobytesToNewcomer">What is received until the answer to the join is there.</param>
internal sealed record CrowdCosts(
    double MicrosecondsPerLeave, double KilobytesPerJoin, double KilobytesToNewcomer,
    IReadOnlyList<CrowdPhase> OthersByPhase)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"a leave {MicrosecondsPerLeave:N0} µs; {KilobytesPerJoin:N0} KB sent per join, {KilobytesToNewcomer:N1} KB " +
        $"to the newcomer; others {string.Join(", ", OthersByPhase)}");
}

internal sealed record CrowdPhase(
    string Name, double? P50Milliseconds, double? P99Milliseconds, double ServerCpuShare)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name} {P50Milliseconds:N2}/{P99Milliseconds:N2} ms ({ServerCpuShare:P0} of a core)");
}
