namespace RoomChat.Bench;

/// <summary>Cases that are compared with the first of them, in one section of the table.</summary>
internal sealed record Benchmark(string Key, string Title, string Goal, IReadOnlyList<BenchmarkCase> Cases)
{
    public string CostUnit => Cases[0].Workload.CostUnit;
    public int DefaultRepeats { get; init; } = 3;
}
