using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Soaking;

internal sealed record SoakResult(
    IReadOnlyList<SoakSample> Samples, CheckResult Check, TalkLoad Talk, Tally Tally)
{
    public Flatness Flatness { get; } = new(Samples);

    public bool Passed => Check.Passed && Talk.UnexpectedDisconnects == 0 && Tally[Tally.NotUnderstood] == 0
        && SoakMeasure.All.Where(measure => measure.MustBeFlat).All(Flatness.IsFlat);
}
