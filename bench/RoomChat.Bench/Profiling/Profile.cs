using System.Globalization;

namespace RoomChat.Bench.Profiling;

internal sealed record LayerShare(Layer Layer, double Share);

internal sealed record MethodShare(string Method, Layer Layer, double Share);

/// <summary>Which shares of the server's CPU time its layers took, and its hottest methods by themselves.</summary>
internal sealed record Profile(IReadOnlyList<LayerShare> Layers, IReadOnlyList<MethodShare> HottestMethods)
{
    private const int MethodCount = 15;

    public double GetShare(Layer layer) => Layers.Single(share => share.Layer == layer).Share;

    /// <summary>Reads lines of count, file and symbol, separated by bars.</summary>
    public static Profile Parse(IEnumerable<string> report)
    {
        var samples = (
            from line in report
            let fields = line.Split('|', 3, StringSplitOptions.TrimEntries)
            where fields.Length == 3
            let count = double.Parse(fields[0], CultureInfo.InvariantCulture)
            select (Count: count, Code: SampledCode.Parse(fields[1], fields[2]))).ToList();
        var total = samples.Sum(sample => sample.Count);
        return new Profile(
            [
                .. from layer in Enum.GetValues<Layer>()
                   let count = samples.Where(sample => sample.Code.Layer == layer).Sum(sample => sample.Count)
                   select new LayerShare(layer, count / total),
            ],
            [
                .. (from sample in samples
                    where sample.Code.Layer != Layer.Kernel
                    group sample.Count by sample.Code into counts
                    let share = counts.Sum() / total
                    orderby share descending
                    select new MethodShare(counts.Key.Name, counts.Key.Layer, share)).Take(MethodCount),
            ]);
    }
}
