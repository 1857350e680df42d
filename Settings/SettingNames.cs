using Microsoft.Extensions.Options;
using RoomChat.Rooms;

namespace RoomChat.Settings;

/// <summary>Refuses a setting that nothing reads, since it is most likely misspelt.</summary>
internal sealed class SettingNames(IConfiguration configuration, IEnumerable<SettingsSection> sections)
    : IValidateOptions<Limits>
{
    public ValidateOptionsResult Validate(string? name, Limits options)
    {
        var known = sections.SelectMany(section => section.Settings).Select(setting => setting.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var given = configuration.GetSection(nameof(RoomChat)).AsEnumerable()
            .Where(setting => setting.Value is not null).Select(setting => setting.Key);
        return given.FirstOrDefault(key => !known.Contains(key)) is { } wrong
            ? ValidateOptionsResult.Fail($"{wrong} is not a setting; did you mean {Nearest(wrong, known)}?")
            : ValidateOptionsResult.Success;
    }

    /// <summary>By the last word first, which may stand in the wrong section.</summary>
    private static string Nearest(string wrong, IEnumerable<string> known) =>
        known.OrderBy(name => Distance(LastWord(name), LastWord(wrong))).ThenBy(name => Distance(name, wrong)).First();

    private static string LastWord(string name) => name[(name.LastIndexOf(':') + 1)..].ToUpperInvariant();

    /// <summary>How many characters have to be added, dropped or changed.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < to.Length; j++)
            {
                var changed = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(changed, Math.Min(row[j], diagonal) + 1);
            }
        }
        return row[^1];
    }
}
