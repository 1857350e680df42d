using System.Globalization;

namespace RoomChat.Bench.Reports;

internal static class ResultTable
{
    public static void Print(IReadOnlyList<BenchmarkSummary> summaries)
    {
        var nameLength = summaries.Max(summary => summary.Cases.Max(caseSummary => caseSummary.Name.Length));
        Console.WriteLine(
            $"  {new string(' ', nameLength)}{"ratio",7}{"cost",9}  {"min … max",-17}{"p50 ms",9}{"p99 ms",9}" +
            $"{"per second",12}  exactly once, in order");
        foreach (var summary in summaries)
        {
            var benchmark = summary.Benchmark;
            var hasGoal = benchmark.Goal.Length > 0 && summary.Phase == benchmark.Phases[0];
            Console.WriteLine();
            Console.WriteLine($"{summary.Name}: {benchmark.Title}");
            Console.WriteLine($"cost in {benchmark.CostUnit}{(hasGoal ? $"; goal: {benchmark.Goal}" : "")}");
            foreach (var caseSummary in summary.Cases) Print(caseSummary, nameLength);
        }
    }

    public static string FormatNumber(double? value) => value switch
    {
        null => "",
        double.NaN => "?",
        var n => n.Value.ToString(
            Math.Abs(n.Value) switch { < 10 => "N2", < 100 => "N1", _ => "N0" }, CultureInfo.InvariantCulture),
    };

    private static string FormatP50AndP99(double? p50, double? p99) =>
        $"p50/p99 {FormatNumber(p50)}/{FormatNumber(p99)} ms";

    private static void Print(CaseSummary summary, int nameLength)
    {
        var ratio = FormatNumber(summary.CostRatio) + "×";
        var range = summary.MaxCost > summary.MinCost
            ? $"{FormatNumber(summary.MinCost)} … {FormatNumber(summary.MaxCost)}"
            : "";
        var perSecond = summary.PerSecond?.ToString("N0", CultureInfo.InvariantCulture);
        Console.WriteLine(
            $"  {summary.Name.PadRight(nameLength)}{ratio,7}{FormatNumber(summary.Cost),9}  {range,-17}" +
            $"{FormatNumber(summary.P50Milliseconds),9}{FormatNumber(summary.P99Milliseconds),9}{perSecond,12}" +
            $"  {string.Join("; ", Describe(summary))}");
    }

    private static IEnumerable<string> Describe(CaseSummary summary)
    {
        yield return summary.Check;
        if (summary.CpuMilliseconds is { } milliseconds) yield return $"{milliseconds:N0} ms of CPU";
        if (summary.MemoryGrowthMegabytes is { } growth) yield return $"peak +{growth:N0} MB";
        if (summary.MemoryGrowthMegabytes is not null)
            yield return summary.DisconnectedAfterSeconds is { } seconds
                ? $"stalled member disconnected after {seconds:N1} s"
                : "stalled member not disconnected";
        if (summary.PageNodes is { } nodes) yield return $"{nodes:N0} nodes, {summary.PageHeapMegabytes:N0} MB";
        if (summary.LongFrames is { } frames)
            yield return frames == 0
                ? "no frame over 50 ms"
                : $"{frames:N0} frames over 50 ms, the longest {summary.LongestFrameMilliseconds:N0}";
        if (summary.Crowd is { } crowd) yield return crowd.ToString();
        if (summary.RedisMicrosecondsPerMessage > 0)
            yield return $"Redis {FormatNumber(summary.RedisMicrosecondsPerMessage)} µs/message";
        if (summary.RedisMicrosecondsPerMessage > 0 || summary.ApartP50Milliseconds is not null)
            yield return $"own {FormatP50AndP99(summary.OwnP50Milliseconds, summary.OwnP99Milliseconds)}";
        if (summary.ApartP50Milliseconds is not null)
            yield return
                $"at other servers {FormatP50AndP99(summary.ApartP50Milliseconds, summary.ApartP99Milliseconds)}";
        if (summary.ServerCpuShare > 0.9) yield return $"the servers were at {summary.ServerCpuShare:P0}";
        if (summary.DriverCpuShare > 0.9) yield return $"the driver was at {summary.DriverCpuShare:P0}";
        if (summary.IsStillFalling) yield return "still falling";
        if (summary.Noise is { } noise) yield return noise;
    }
}
