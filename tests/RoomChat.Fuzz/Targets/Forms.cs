using Microsoft.Extensions.Primitives;
using RoomChat.Rooms;
using RoomChat.Web;
using static RoomChat.Fuzz.PropertyException;

namespace RoomChat.Fuzz.Targets;

internal static class Forms
{
    public static void Check(byte[] input)
    {
        if (Read(input) is not { } fields) return;
        foreach (var text in TextsOf(fields))
            Require(text == UnicodeText.IllFormed || UnicodeText.IsWellFormed(text), "A field is text, or none");
        Require(TextsOf(fields).Sum(text => text.Length) <= 2 * input.Length, "A form is no longer than it was sent");
        if (TextsOf(fields).Contains(UnicodeText.IllFormed)) return;

        var written = new FormUrlEncodedContent(
            from field in fields
            from value in field.Value
            select KeyValuePair.Create(field.Key, value));
        using var sent = new MemoryStream();
        written.CopyTo(sent, null, CancellationToken.None);
        RequireEqual(Describe(fields), Describe(Read(sent.ToArray())!), "A form is read as it was written");
    }

    /// <summary>Null if it has too many fields.</summary>
    private static Dictionary<string, StringValues>? Read(byte[] form)
    {
        try
        {
            using var body = new MemoryStream(form);
            return Finished.ResultOf(UrlEncodedForm.ReadAsync(body, CancellationToken.None));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static IEnumerable<string> TextsOf(Dictionary<string, StringValues> fields) =>
        fields.Keys.Concat(fields.Values.SelectMany(values => values.OfType<string>()));

    private static string Describe(Dictionary<string, StringValues> fields) =>
        string.Join('\n', from field in fields from value in field.Value select $"{field.Key}\t{value}");
}
