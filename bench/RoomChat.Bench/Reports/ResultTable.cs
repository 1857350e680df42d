using System.Globalization;

namespace RoomChat.Bench.Reports;

internal static class ResultTable
{
    public static void Print(IReadOnlyList<BenchmarkSummary> summaries)
    {
        Console.WriteLine(
            $"{"",-16}{"ratio",7}{"cost",9}  {"min … max",-17}{"p50 ms",9}{"p99 ms",9}{"per second",12}" +
            "  exactly once, in order");
        foreach (var summary in summaries)
        {
            var benchmark = summary.Benchmark;
            var goal = benchmark.Goal.Length > 0 ? $"; goal: {benchmark.Goal}" : "";
            Console.WriteLine();
            Console.WriteLine($"{benchmark.Key}: {benchmark.Title}");
            Console.WriteLine($"cost in {benchmark.CostUnit}{goal}");
            foreach (var caseSummary in summary.Cases) Print(caseSummary);
        }
    }

    public static string FormatNumber(double? value) => value switch
    {
        null => "",
        double.NaN => "?",
        var n => n.Value.ToString(
            Math.Abs(n.Value) switch { < 10 => "N2", < 100 => "N1", _ => "N0" }, CultureInfo.InvariantCulture),
    };

    private static void Print(CaseSummary summary)
    {
        var ratio = FormatNumber(summary.CostRatio) + "×";
        var range = summary.MaxCost > summary.MinCost
            ? $"{FormatNumber(summary.MinCost)} … {FormatNumber(summary.MaxCost)}"
            : "";
        var perSecond = summary.PerSecond?.ToString("N0", CultureInfo.InvariantCulture);
        Console.WriteLine(
            $"  {summary.Name,-14}{ratio,7}{FormatNumber(summary.Cost),9}  {range,-17}" +
            $"{FormatNumber(summary.P50Milliseconds),9}{FormatNumber(summary.P99Milliseconds),9}{perSecond,12}" +
            $"  {summary.Check}{DescribeStall(summary)}{DescribeDriver(summary)}");
    }

    private static string DescribeStall(CaseSummary summary)
    {
        if (summary.MemoryGrowthMegabytes is not { } growth) return "";
        var disconnect = summary.DisconnectedAfterSeconds is { } seconds
            ? $"stalled member disconnected after {seconds:N1} s"
            : "stalled member not disconnected";
        return $"; peak +{growth:N0} MB, {disconnect}";
    }

    private static string DescribeDriver(CaseSummary summary) =>
        summary.DriverCpuShare > 0.9 ? $"; the driver was at {summary.DriverCpuShare:P0}" : "";
}
