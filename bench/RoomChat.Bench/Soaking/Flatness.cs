namespace RoomChat.Bench.Soaking;

/// <summary>
/// What comes after the warm-up, a sixth of the whole, is steady. Of that, the median of the last quarter is compared
/// with that of the second (of the heap, the lowest): a leak shows in it, and the bump of a single interval does not.
/// The work is always the same, so the machine was at full speed in the half of the samples in which it took the least
/// CPU, wherever they are.
/// </summary>
internal sealed class Flatness(IReadOnlyList<SoakSample> samples)
{
    public const double WarmUp = 1.0 / 6, Tolerance = 0.10;
    private const int Windows = 12;

    public IReadOnlyList<SoakSample> Steady { get; } = [.. samples.Skip((int)(samples.Count * WarmUp))];

    /// <summary>Of five minutes each in an hour.</summary>
    public IEnumerable<SoakSample[]> InWindows() =>
        samples.Chunk(Math.Max(1, (samples.Count + Windows - 1) / Windows));

    public double Change(SoakMeasure measure) =>
        Summarize(measure, Quarter(4)) / Summarize(measure, Quarter(2)) - 1;

    public double Summarize(SoakMeasure measure, IEnumerable<SoakSample> part)
    {
        if (!measure.AtFullSpeed) return measure.Summarize(part);
        var usual = SoakMeasure.Cpu.Summarize(Steady);
        return measure.Summarize(part.Where(sample => SoakMeasure.Cpu.Select(sample) <= usual));
    }

    public bool IsFlat(SoakMeasure measure) => Math.Abs(Change(measure)) <= Tolerance;

    private IEnumerable<SoakSample> Quarter(int number) =>
        Steady.Skip(Steady.Count * (number - 1) / 4).Take(Steady.Count / 4);
}
