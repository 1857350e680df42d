using System.Globalization;
using RoomChat.Bench.Profiling;

namespace RoomChat.Bench.Reports;

internal static class ProfileTable
{
    private const int NameLength = 18, MinColumnLength = 20;

    /// <summary>Empty if nothing was profiled.</summary>
    public static string Format(IReadOnlyList<BenchmarkSummary> summaries)
    {
        using var text = new StringWriter();
        foreach (var summary in summaries)
        {
            var cases = summary.Cases.Where(caseSummary => caseSummary.Profile is not null).ToList();
            if (cases.Count == 0) continue;
            string Align(string cell, CaseSummary c) => "  " + cell.PadLeft(Math.Max(MinColumnLength, c.Name.Length));
            text.WriteLine($"\n{summary.Name}: where the time goes, in % and in {summary.Benchmark.CostUnit}");
            text.WriteLine(new string(' ', NameLength + 2) + string.Concat(cases.Select(c => Align(c.Name, c))));
            foreach (var layer in Enum.GetValues<Layer>())
            {
                var cells = cases.Select(c => Align(FormatShare(c, c.Profile!.GetShare(layer)), c));
                text.WriteLine($"  {GetName(layer),-NameLength}{string.Concat(cells)}");
            }
            foreach (var caseSummary in cases) AppendHottestMethods(text, caseSummary);
        }
        return text.ToString();
    }

    private static void AppendHottestMethods(StringWriter text, CaseSummary summary)
    {
        text.WriteLine($"\n  {summary.Name}, the hottest outside the kernel");
        foreach (var (method, layer, share) in summary.Profile!.HottestMethods)
            text.WriteLine($"{FormatShare(summary, share),18}  {GetName(layer),-NameLength}{method}");
    }

    private static string FormatShare(CaseSummary summary, double share) => string.Create(
        CultureInfo.InvariantCulture, $"{share * 100:N1} %{ResultTable.FormatNumber(share * summary.Cost),9}");

    private static string GetName(Layer layer) => layer switch
    {
        Layer.Kernel => "kernel",
        Layer.Transport => "transport",
        Layer.SignalR => "SignalR",
        Layer.Ours => "ours",
        Layer.ClassLibrary => "class library",
        Layer.ThreadPool => "thread pool",
        Layer.GarbageCollector => "garbage collector",
        Layer.Jit => "JIT",
        Layer.OtherRuntime => "other runtime",
    };
}
