using RoomChat.Bench.Measurement;
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
                    var measurements = Run(row);
                    runs.Add(new Run(section.Key, row.Name, repeat, measurements));
                    Console.WriteLine($"{Table.Number(measurements.Cost),9} {section.Unit}  {measurements.Check}");
                }
        }
        return runs;
    }

    private Measurements Run(Row row)
    {
        GC.Collect(); // what the last crowd leaves should not be cleared up in front of this one
        try
        {
            using var driver = new LoadDriver(row.Server, stop);
            return row.Workload.Run(driver, options.Durations);
        }
        catch (RunFailed failure)
        {
            return new Measurements { Cost = double.NaN, Check = new CheckResult { Failure = failure.Message } };
        }
    }
}
