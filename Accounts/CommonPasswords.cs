using System.Text;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>
/// The 10,000 most common of those that are long enough, which the build takes from a package, and those that are
/// little more than the account's name or this program's.
/// </summary>
internal static class CommonPasswords
{
    /// <summary>Fewer than these besides a name that is known are guessed soon.</summary>
    private const int MinOtherLetters = 4;

    private static readonly Lazy<byte[]> Lines = new(Read);

    public static bool Contain(string password, Name name) =>
        IsListed(password)
        || UnicodeText.Length(Without(nameof(RoomChat), Without(name.Shown, password))) < MinOtherLetters;

    internal static bool IsListed(string password)
    {
        var line = $"\n{password.Normalize(NormalizationForm.FormKC).ToLowerInvariant()}\n";
        return Lines.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(line)) >= 0;
    }

    private static string Without(string word, string password) =>
        password.Replace(word, "", StringComparison.OrdinalIgnoreCase);

    private static byte[] Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        var lines = new byte[stream.Length];
        stream.ReadExactly(lines);
        return lines;
    }
}
