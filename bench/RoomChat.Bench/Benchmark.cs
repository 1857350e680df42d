using RoomChat.Bench.Measurement;

namespace RoomChat.Bench;

internal sealed record Benchmark(string Key, string Title, string Goal, IReadOnlyList<BenchmarkCase> Cases)
{
    public string CostUnit => Cases[0].Workload.CostUnit;
    public int DefaultRepeats { get; init; } = 3;

    /// <summary>The phases to report. The goal is for the first.</summary>
    public IReadOnlyList<Phase> Phases { get; init; } = [Phase.Steady];
}
