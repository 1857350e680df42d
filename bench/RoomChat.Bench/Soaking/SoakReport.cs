using System.Globalization;
using System.Text;
using RoomChat.Bench.Reports;

namespace RoomChat.Bench.Soaking;

internal static class SoakReport
{
    public static void PrintProgress(SoakSample sample, TalkLoad talk)
    {
        FormattableString[] parts =
        [
            $"{sample.Seconds / 60,5:N1} min",
            $"{sample.WorkingSetMegabytes,6:N1} MB, heap {sample.HeapMegabytes,5:N1}",
            $"{sample.Handles,5:N0} handles, {sample.Threads:N0} threads",
            $"p50/p99 {sample.P50Milliseconds:N2}/{sample.P99Milliseconds:N1} ms",
            $"proxied {sample.ProxiedP50Milliseconds:N2}/{sample.ProxiedP99Milliseconds:N1} ms",
            $"CPU {sample.ServerCpu:P0}, machine {sample.MachineCpu:P0}",
            $"{sample.Rooms:N0} rooms, {sample.Members:N0} members, {talk.Messages:N0} messages",
        ];
        Console.WriteLine(string.Join("  ", parts.Select(part => part.ToString(CultureInfo.InvariantCulture))));
    }

    public static void Write(SoakResult result, SoakOptions options, string machine)
    {
        PrintWindows(result.Flatness);
        PrintVerdict(result);
        var file = ResultFiles.GetResultPath(DateTime.UtcNow);
        var chart = SoakChart.Draw(result.Samples, machine);
        File.WriteAllText($"{file}-soak.csv", ToCsv(result.Samples));
        File.WriteAllText($"{file}-soak.svg", chart);
        if (options.UpdateDocs) File.WriteAllText(ResultFiles.GetDocsPath("soak.svg"), chart);
        Console.WriteLine($"Written to {Path.GetRelativePath(ResultFiles.RepositoryRoot, file)}-soak.csv and .svg");
    }

    public static string ToCsv(IReadOnlyList<SoakSample> samples)
    {
        var properties = typeof(SoakSample).GetProperties();
        var rows = samples.Select(sample => properties.Select(property => string.Create(
            CultureInfo.InvariantCulture, $"{property.GetValue(sample):0.###}")));
        return string.Concat(rows.Prepend(properties.Select(property => property.Name))
            .Select(row => string.Join(',', row) + "\n"));
    }

    private static void PrintWindows(Flatness flatness)
    {
        Console.WriteLine("\nEach window's median (the heap's lowest), and how far it is from the steady part's:");
        Console.WriteLine("    until" + string.Concat(SoakMeasure.All.Select(measure => $"{Title(measure),19}")));
        foreach (var window in flatness.InWindows())
        {
            var line = new StringBuilder($"{window[^1].Seconds / 60,5:N1} min");
            foreach (var measure in SoakMeasure.All)
            {
                var median = flatness.Summarize(measure, window);
                var steady = flatness.Summarize(measure, flatness.Steady);
                line.Append(CultureInfo.InvariantCulture, $"{median,10:N2} {Percent(median / steady - 1),8}");
            }
            Console.WriteLine(line);
        }
    }

    private static void PrintVerdict(SoakResult result)
    {
        Console.WriteLine("\nThe last quarter after the warm-up, against the second, by the same:");
        foreach (var measure in SoakMeasure.All)
        {
            var verdict = result.Flatness.IsFlat(measure) ? "flat within 10 %"
                : measure.MustBeFlat ? "NOT FLAT" : "not flat; only reported";
            Print($"  {Title(measure),-24}{Percent(result.Flatness.Change(measure)),8}  {verdict}");
        }
        var talk = result.Talk;
        var longestReturn = talk.OutageSeconds.DefaultIfEmpty().Max();
        Print($"""

            {talk.Messages:N0} messages, {talk.Deliveries:N0} deliveries, exactly once and in order: {result.Check}
            {talk.UnexpectedDisconnects} of the talkers cut off while nothing was restarted. {talk.FirstUnexpected}
            {talk.OutageSeconds.Count} restarts of the proxy, after which all had returned within {longestReturn:N1} s
            {talk.RefusedAmendments} edits and reactions refused
            {result.Tally}
            {result.Tally.FirstNotUnderstood}
            """);
    }

    private static string Title(SoakMeasure measure) => $"{measure.Name} {measure.Unit}".TrimEnd();

    private static string Percent(double change) =>
        (change * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
