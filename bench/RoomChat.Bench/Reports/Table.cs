using System.Globalization;

namespace RoomChat.Bench.Reports;

/// <summary>The one table: ratios first, then what they are ratios of.</summary>
internal static class Table
{
    public static void Print(IReadOnlyList<Summary> summaries)
    {
        Console.WriteLine($"{"",-16}{"ratio",7}{"cost",9}  {"least … most",-17}{"p50 ms",9}{"p99 ms",9}{"per second",12}  exactly once, in order");
        foreach (var summary in summaries)
        {
            var section = summary.Section;
            Console.WriteLine();
            Console.WriteLine($"{section.Key}: {section.Title}");
            Console.WriteLine($"cost in {section.Unit}{(section.Goal.Length > 0 ? $"; the goal: {section.Goal}" : "")}");
            foreach (var line in summary.Lines) Print(line);
        }
    }

    private static void Print(Summary.Line line)
    {
        var spread = line.Most > line.Least ? $"{Number(line.Least)} … {Number(line.Most)}" : "";
        Console.WriteLine(
            $"  {line.Name,-14}{Number(line.Ratio) + "×",7}{Number(line.Cost),9}  {spread,-17}{Number(line.P50),9}{Number(line.P99),9}" +
            $"{line.PerSecond?.ToString("N0", CultureInfo.InvariantCulture),12}  {line.Check}{Besides(line)}");
    }

    private static string Besides(Summary.Line line) =>
        (line.MemoryGrowthMegabytes is { } peak ? $"; peak +{peak:N0} MB, {Cut(line)}" : "")
        + (line.DriverCpuShare > 0.9 ? $"; the driver was at {line.DriverCpuShare:P0}" : "");

    private static string Cut(Summary.Line line) => line.DisconnectedAfterSeconds is { } seconds ? $"the one cut after {seconds:N1} s" : "the one not cut";

    /// <summary>Three digits or so.</summary>
    public static string Number(double? value) => value switch
    {
        null => "",
        double.NaN => "?",
        var n => n.Value.ToString(Math.Abs(n.Value) switch { < 10 => "N2", < 100 => "N1", _ => "N0" }, CultureInfo.InvariantCulture),
    };
}
