namespace RoomChat.Bench.Soaking;

/// <summary>From zero, or in powers of ten.</summary>
internal sealed class ChartAxis
{
    private const int MostTicks = 5;

    private readonly bool _isLogarithmic;

    public ChartAxis(IEnumerable<double> values, bool isLogarithmic)
    {
        _isLogarithmic = isLogarithmic;
        double[] shown = [.. values.Where(value => double.IsFinite(value) && value > 0).DefaultIfEmpty(1)];
        Ticks = isLogarithmic ? PowersOfTen(shown.Min(), shown.Max()) : RoundSteps(shown.Max());
    }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Of the height, from the first tick to the last.</summary>
    public double Share(double value) => (Scale(value) - Scale(Ticks[0])) / (Scale(Ticks[^1]) - Scale(Ticks[0]));

    private double Scale(double value) => _isLogarithmic ? Math.Log10(Math.Max(value, Ticks[0])) : value;

    private static double[] PowersOfTen(double min, double max)
    {
        var first = (int)Math.Floor(Math.Log10(min));
        var last = Math.Max(first + 1, (int)Math.Ceiling(Math.Log10(max)));
        return [.. Enumerable.Range(first, last - first + 1).Select(power => Math.Pow(10, power))];
    }

    private static double[] RoundSteps(double max)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(max / MostTicks)));
        var step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(size => max / size <= MostTicks);
        return [.. Enumerable.Range(0, (int)Math.Ceiling(max / step) + 1).Select(i => i * step)];
    }
}
