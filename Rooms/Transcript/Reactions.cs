namespace RoomChat.Rooms;

/// <summary>Who has reacted to a message, by mark and in order of time; each mark at most once per member.</summary>
internal sealed record Reactions(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Names, IReadOnlyDictionary<string, IReadOnlyList<int>> Numbers)
{
    private const int BytesPerMark = 240, BytesPerReaction = 16, JsonBytesPerReaction = 64;

    private static readonly string[] Known = ["👍", "❤️", "😂", "🎉", "😮", "😢", "👎", "✅"];

    public static Reactions None { get; } =
        new(new Dictionary<string, IReadOnlyList<string>>(), new Dictionary<string, IReadOnlyList<int>>());

    /// <summary>With or without the variation selector that asks for colours.</summary>
    public static string? ParseMark(string? typed) =>
        Array.Find(Known, mark => typed is not null && WithoutSelector(mark) == WithoutSelector(typed));

    public bool Has(string mark, int who) => Numbers.TryGetValue(mark, out var numbers) && numbers.Contains(who);

    /// <summary>Null if nothing is left.</summary>
    public Reactions? With(RoomEvent reacted)
    {
        var (mark, who, on) = (reacted.Mark!, reacted.Who!.Value, reacted.On == true);
        if (Has(mark, who) == on) return this == None ? null : this;
        var (names, numbers) = (new Dictionary<string, IReadOnlyList<string>>(Names),
            new Dictionary<string, IReadOnlyList<int>>(Numbers));
        var (namesOf, numbersOf) = (names.GetValueOrDefault(mark, []), numbers.GetValueOrDefault(mark, []));
        if (on)
        {
            (names[mark], numbers[mark]) = ([.. namesOf, reacted.From], [.. numbersOf, who]);
        }
        else if (numbersOf.Count == 1)
        {
            names.Remove(mark);
            numbers.Remove(mark);
        }
        else
        {
            var index = numbersOf.ToList().IndexOf(who);
            names[mark] = [.. namesOf.Where((_, i) => i != index)];
            numbers[mark] = [.. numbersOf.Where((_, i) => i != index)];
        }
        return names.Count == 0 ? null : new Reactions(names, numbers);
    }

    public int EstimateBytes() =>
        BytesPerMark * Numbers.Count + BytesPerReaction * Numbers.Values.Sum(numbers => numbers.Count);

    public int EstimateJsonBytes() =>
        BytesPerMark * Numbers.Count + JsonBytesPerReaction * Numbers.Values.Sum(numbers => numbers.Count);

    private static string WithoutSelector(string mark) => mark.Replace("\uFE0F", "", StringComparison.Ordinal);
}
