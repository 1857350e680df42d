using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>The framework's readers alter what is not UTF-8; here it becomes what no rule takes.</summary>
internal static class UrlEncodedForm
{
    private const int MaxFields = 1024;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static bool IsIn(HttpRequest request) =>
        request.HasFormContentType
        && !request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">It has too many fields.</exception>
    public static async Task<Dictionary<string, StringValues>> ReadAsync(Stream body, CancellationToken cancelled)
    {
        using var read = new MemoryStream();
        await body.CopyToAsync(read, cancelled);
        return Parse(read.ToArray());
    }

    private static Dictionary<string, StringValues> Parse(byte[] form)
    {
        var fields = new KeyValueAccumulator();
        foreach (var range in form.AsSpan().Split((byte)'&'))
        {
            var (start, length) = range.GetOffsetAndLength(form.Length);
            if (length == 0) continue;
            if (fields.ValueCount == MaxFields) throw new InvalidDataException();
            var equals = form.AsSpan(start, length).IndexOf((byte)'=');
            var nameLength = equals < 0 ? length : equals;
            var valueLength = Math.Max(0, length - nameLength - 1);
            fields.Append(
                Decode(form, start, nameLength), Decode(form, start + length - valueLength, valueLength));
        }
        return fields.GetResults();
    }

    private static string Decode(byte[] form, int start, int length)
    {
        try
        {
            return Strict.GetString(WebUtility.UrlDecodeToBytes(form, start, length) ?? []);
        }
        catch (DecoderFallbackException)
        {
            return UnicodeText.IllFormed;
        }
    }
}
