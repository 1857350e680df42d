using System.Collections.Concurrent;
using System.Globalization;

namespace RoomChat.Bench.Soaking;

/// <summary>What became of everything that is not talk.</summary>
internal sealed class Tally
{
    public const string NotUnderstood = "answers not understood";

    private readonly ConcurrentDictionary<string, int> _counts = new();

    public void Add(string outcome) => _counts.AddOrUpdate(outcome, 1, (_, count) => count + 1);

    public string? FirstNotUnderstood { get; set; }

    public int this[string outcome] => _counts.GetValueOrDefault(outcome);

    public override string ToString() => string.Join(
        "\n",
        from count in _counts
        orderby count.Key
        select string.Create(CultureInfo.InvariantCulture, $"  {count.Value,9:N0}  {count.Key}"));
}
