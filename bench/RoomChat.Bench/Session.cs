using RoomChat.Bench.Reports;
using RoomChat.Bench.Verification;
using RoomChat.Bench.Workloads;

namespace RoomChat.Bench;

/// <summary>All runs, one after another, each told on the screen.</summary>
internal sealed class Session(Options options, CancellationToken stop)
{
    public List<Run> RunAll(IReadOnlyList<Section> sections)
    {
        List<Run> runs = [];
        foreach (var section in sections)
        {
            var repeats = options.Repeats ?? section.Repeats;
            for (var repeat = 1; repeat <= repeats; repeat++)
                foreach (var row in section.Rows)
                {
                    Console.Write($"{section.Key,-15}{$"{repeat} of {repeats}",-8}{row.Name,-15}");
                    var figures = Run(row);
                    runs.Add(new Run(section.Key, row.Name, repeat, figures));
                    Console.WriteLine($"{Table.Number(figures.Cost),9} {section.Unit}  {figures.Check}");
                }
        }
        return runs;
    }

    private Figures Run(Row row)
    {
        GC.Collect(); // what the last crowd leaves should not be cleared up in front of this one
        try
        {
            using var crowd = new Crowd(row.Server, stop);
            return row.Workload.Run(crowd, options.Pace);
        }
        catch (RunFailed failure)
        {
            return new Figures { Cost = double.NaN, Check = new CheckResult { Failure = failure.Message } };
        }
    }
}
