using System.Globalization;

namespace RoomChat.Rooms;

/// <summary>What unicode-tables has written, by ranges of characters.</summary>
internal sealed class UnicodeTable<T> where T : class
{
    private readonly int[] _first, _last;
    private readonly T[] _values;

    public UnicodeTable(string name, Func<string, T> parse)
    {
        var ranges = Read(name, parse).OrderBy(range => range.First).ToList();
        _first = [.. ranges.Select(range => range.First)];
        _last = [.. ranges.Select(range => range.Last)];
        _values = [.. ranges.Select(range => range.Value)];
    }

    public T? Find(int character)
    {
        var place = Array.BinarySearch(_first, character);
        if (place < 0) place = ~place - 1;
        return place >= 0 && character <= _last[place] ? _values[place] : null;
    }

    private static IEnumerable<(int First, int Last, T Value)> Read(string name, Func<string, T> parse)
    {
        using var stream = typeof(Name).Assembly.GetManifestResourceStream($"names/{name}.txt")!;
        using var reader = new StreamReader(stream);
        Dictionary<string, T> values = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var label = line[..colon];
            if (!values.TryGetValue(label, out var value)) values.Add(label, value = parse(label));
            foreach (var range in line[(colon + 2)..].Split(' '))
            {
                var ends = range.Split('-');
                yield return (ParseHex(ends[0]), ParseHex(ends[^1]), value);
            }
        }
    }

    public static int ParseHex(string digits) =>
        int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
