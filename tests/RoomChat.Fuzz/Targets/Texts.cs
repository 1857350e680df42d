using System.Text;
using System.Text.Json;
using RoomChat.Rooms;
using RoomChat.Web;
using static RoomChat.Fuzz.PropertyException;

namespace RoomChat.Fuzz.Targets;

internal static class Texts
{
    private const int MaxLength = 500;
    private static readonly JsonSerializerOptions Json = CreateOptions();

    public static void Check(byte[] input)
    {
        var typed = Typed.Of(input);
        if (MessageText.Validate(typed, MaxLength) is null) CheckText(typed);
        if (SealedText.Validate(typed, MaxLength) is null) CheckSealed(typed);
        if (MessageId.IsValid(typed)) Require(Ascii.IsValid(typed) && typed.Length <= 64, "An id is short");
        if (Reactions.ParseMark(typed) is { } mark)
            RequireEqual(mark, Reactions.ParseMark(mark), "A mark is read as it was written");
    }

    private static void CheckText(string text)
    {
        Require(UnicodeText.IsWellFormed(text), "A text is well-formed");
        Require(UnicodeText.Length(text) is >= 1 and <= MaxLength, "A text is short");
        Require(!text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')), "A text moves no cursor");
        RequireEqual(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), "A text arrives as it was sent");
        var json = JsonSerializer.SerializeToUtf8Bytes(text, Json);
        RequireEqual(text, JsonSerializer.Deserialize<string>(json, Json), "A text is read as it was written");
        Require(json.Length - 2 <= UnicodeText.MaxJsonBytes(text), "A text takes no more than was estimated");
        Require(json.Length + 1024 <= Wire.MaxBytes(new Limits()), "A record holds every text");
    }

    private static void CheckSealed(string text)
    {
        var length = SealedText.Length(text);
        Require(Ascii.IsValid(text) && length is >= 1 and <= 4 * MaxLength, "What is sealed is short");
        Require(text.Length <= Wire.MaxBytes(new Limits()) - 1024, "A record holds everything sealed");
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Wire.Configure(options);
        return options;
    }
}
