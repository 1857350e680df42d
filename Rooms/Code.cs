using System.Globalization;
using System.Security.Cryptography;

namespace RoomChat.Rooms;

public readonly record struct Code
{
    public const int Length = 6;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Codes of direct chats alone begin with it: a dead one is never the code of anything else.</summary>
    private const char DirectStart = 'D';

    private static readonly string OtherStarts = Alphabet.Replace($"{DirectStart}", "", StringComparison.Ordinal);

    private readonly string _characters;

    private Code(string characters) => _characters = characters;

    public static Code New() =>
        new(RandomNumberGenerator.GetString(OtherStarts, 1) + RandomNumberGenerator.GetString(Alphabet, Length - 1));

    public static Code NewDirect() => new(DirectStart + RandomNumberGenerator.GetString(Alphabet, Length - 1));

    public bool IsDirect => _characters[0] == DirectStart;

    /// <summary>Ignores case, spaces and dashes; reads O as 0, I and L as 1.</summary>
    public static bool TryParse(string? typed, out Code code)
    {
        Span<char> characters = stackalloc char[Length];
        var count = 0;
        code = default;
        foreach (var c in typed ?? "")
        {
            if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation) continue;
            var read = char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var other => other };
            if (count == Length || !Alphabet.Contains(read)) return false;
            characters[count++] = read;
        }
        if (count < Length) return false;
        code = new Code(new string(characters));
        return true;
    }

    public override string ToString() => _characters;
}
