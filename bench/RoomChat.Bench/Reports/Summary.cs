using RoomChat.Bench.Measurement;

namespace RoomChat.Bench.Reports;

/// <summary>The runs of a section: a line for each row, whose cost is a multiple of the first row's.</summary>
internal sealed class Summary
{
    public Summary(Section section, IReadOnlyList<Run> runs)
    {
        Section = section;
        Lines = [.. section.Rows.Select(row => new Line(row.Name, [.. runs.Where(run => run.Section == section.Key && run.Row == row.Name).Select(run => run.Measurements)]))];
        foreach (var line in Lines) line.Ratio = line.Cost / Lines[0].Cost;
    }

    public Section Section { get; }
    public IReadOnlyList<Line> Lines { get; }

    /// <summary>Medians of what the runs said that could be made; not a number where there is none.</summary>
    internal sealed class Line(string name, IReadOnlyList<Measurements> runs)
    {
        private readonly List<double> _costs = [.. runs.Select(run => run.Cost).Where(double.IsFinite).Order()];

        public string Name => name;
        public double Cost => Median(_costs) ?? double.NaN;
        public double Least => _costs.Count > 0 ? _costs[0] : double.NaN;
        public double Most => _costs.Count > 0 ? _costs[^1] : double.NaN;
        public double Ratio { get; set; }
        public double? P50 => Median(run => run.P50);
        public double? P99 => Median(run => run.P99);
        public double? PerSecond => Median(run => run.PerSecond);
        public double? DriverCpuShare => Median(run => run.DriverCpuShare);
        public double? MemoryGrowthMegabytes => Median(run => run.MemoryGrowthMegabytes);
        public double? DisconnectedAfterSeconds => Median(run => run.DisconnectedAfterSeconds);
        public bool IsRight => runs.All(run => run.Check.Passed);

        /// <summary>Of the first run in which something was wrong.</summary>
        public string Check => (runs.FirstOrDefault(run => !run.Check.Passed) ?? runs[0]).Check.ToString();

        private double? Median(Func<Measurements, double?> figure) => Median([.. runs.Select(figure).OfType<double>().Order()]);

        private static double? Median(List<double> sorted) =>
            sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
