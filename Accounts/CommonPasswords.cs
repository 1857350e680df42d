using System.Text;

namespace RoomChat.Accounts;

/// <summary>The 10,000 most common of those that are long enough. The build takes them from a package.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<byte[]> Lines = new(Read);

    public static bool Contain(string password)
    {
        var line = $"\n{password.Normalize(NormalizationForm.FormKC).ToLowerInvariant()}\n";
        return Lines.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(line)) >= 0;
    }

    private static byte[] Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        var lines = new byte[stream.Length];
        stream.ReadExactly(lines);
        return lines;
    }
}
