using System.Globalization;

namespace RoomChat.Bench.Soaking;

internal sealed record SoakOptions(double Minutes, bool UpdateDocs)
{
    private const double DefaultMinutes = 60;

    /// <summary>Null if the arguments ask for something else, or for a soak that is none.</summary>
    public static SoakOptions? Parse(string[] arguments) => arguments switch
    {
        ["soak", .. var rest] => Parse(rest, new SoakOptions(DefaultMinutes, UpdateDocs: false)),
        _ => null,
    };

    private static SoakOptions? Parse(string[] rest, SoakOptions options) => rest switch
    {
        [] => options,
        ["--docs", .. var others] => Parse(others, options with { UpdateDocs = true }),
        ["--minutes", var value, .. var others]
            when double.TryParse(value, CultureInfo.InvariantCulture, out var minutes) && minutes >= 1 =>
            Parse(others, options with { Minutes = minutes }),
        _ => null,
    };
}
