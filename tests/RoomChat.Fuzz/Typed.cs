using System.Text;

namespace RoomChat.Fuzz;

/// <summary>
/// What somebody typed: UTF-8, or UTF-16 behind a byte that no UTF-8 has, since only that has half surrogates.
/// </summary>
internal static class Typed
{
    private const byte Utf16Mark = 0xFF;

    public static string Of(byte[] input) => input is [Utf16Mark, .. var rest]
        ? Utf16Of(rest)
        : Encoding.UTF8.GetString(input);

    private static string Utf16Of(byte[] units) =>
        string.Create(units.Length / 2, units, static (text, from) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = (char)(from[2 * i] | from[2 * i + 1] << 8);
        });
}
