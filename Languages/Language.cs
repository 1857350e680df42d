using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace RoomChat.Languages;

/// <summary>One file of words, by keys.</summary>
public sealed class Language
{
    private const string Folder = "languages/", Extension = ".json";
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Dictionary<string, JsonElement> _words;

    private Language(string code, Stream file) =>
        (Code, _words) = (code, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(file)!);

    public static IReadOnlyList<Language> All { get; } = [.. ReadAll()];

    public static Language English { get; } = All.Single(language => language.Code == "en");

    /// <summary>That of the request.</summary>
    public static Language Current =>
        All.FirstOrDefault(language => language.Code == CultureInfo.CurrentUICulture.Name) ?? English;

    public string Code { get; }
    public string Name => this["language.name"];
    public string Direction => this["language.direction"];

    public string this[string key] => _words[key].GetString()!;

    public string? Find(string key) => _words.TryGetValue(key, out var words) ? words.GetString() : null;

    /// <summary>Each plural form by itself.</summary>
    public IEnumerable<string> Sentences(string group) =>
        from words in _words
        where words.Key.StartsWith($"{group}.", StringComparison.Ordinal)
        from sentence in words.Value.ValueKind == JsonValueKind.String
            ? [words.Value.GetString()!]
            : words.Value.EnumerateObject().Select(form => form.Value.GetString()!)
        select sentence;

    /// <summary>What scripts need of it: words that are counted are an object, by plural category.</summary>
    public string ToJson(params IEnumerable<string> groups) => JsonSerializer.Serialize(
        _words.Where(words => groups.Contains(words.Key.Split('.')[0])).ToDictionary(), Readable);

    private static IEnumerable<Language> ReadAll()
    {
        var assembly = typeof(Language).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(IsLanguage).Order(StringComparer.Ordinal))
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            yield return new(name[Folder.Length..^Extension.Length], file);
        }
    }

    private static bool IsLanguage(string resource) => resource.StartsWith(Folder, StringComparison.Ordinal);
}
