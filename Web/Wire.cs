using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomChat.Rooms;

namespace RoomChat.Web;

// Shared by the hub and the HTTP API.

/// <param name="Sealed">Of a room that is made by this request.</param>
public sealed record RoomRequest(string? Room = null, bool Sealed = false);

/// <param name="Paced">By the hub: where much is said, several messages at once, as a screen shows them.</param>
public sealed record JoinRoomRequest(
    string? Room = null, string? Name = null, string? Seat = null, string? Epoch = null, long? After = null,
    string? Token = null, string? Passphrase = null, string? Check = null, bool Paced = false)
{
    /// <summary>SignalR logs arguments; these are secret.</summary>
    public override string ToString() => nameof(JoinRoomRequest);
}

public sealed record SendRequest(string? Text, string? Id = null, long? ReplyTo = null)
{
    /// <summary>SignalR logs arguments; texts are private.</summary>
    public override string ToString() => nameof(SendRequest);
}

/// <summary>Of the event that came of a call.</summary>
public sealed record SeqAnswer(long Seq);

public sealed record JoinAnswer(
    string Room, string Name, string Seat, string Epoch, long Seq, IReadOnlyList<RosterEntry> Users, int Who,
    int? Owner = null, string? Title = null, bool? Locked = null, DateTimeOffset? EndsAt = null, bool? Gap = null,
    bool? Sealed = null)
{
    public static JoinAnswer Of(Joined joined) =>
        new(joined.Member.Room.Code.ToString(), joined.Member.Name.Shown, joined.Member.Seat, joined.Member.Room.Epoch,
            joined.Seq, joined.Users, joined.Member.Who, joined.Room.Owner, joined.Room.Title, joined.Room.Locked,
            joined.Room.EndsAt, joined.HasGap ? true : null, joined.Room.Sealed);
}

public static class Wire
{
    /// <summary>The longest text with every character escaped, plus the rest of the record.</summary>
    public static int MaxBytes(Limits limits) => Math.Max(32 << 10, 12 * limits.MessageLength + 1024);

    public static void Configure(JsonSerializerOptions json)
    {
        // Escaped as numbers, most scripts take two or three times the bytes. None of it becomes part of a page.
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.Converters.Add(new JsonStringEnumConverter<EventType>(JsonNamingPolicy.CamelCase));
        json.Converters.Add(new TimeConverter());
        json.Converters.Add(new TextConverter());
    }

    /// <summary>Half a surrogate can be escaped in JSON: refused by the field's own rule, not as a whole.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException();
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException) when (reader.ValueIsEscaped)
            {
                return UnicodeText.IllFormed;
            }
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        /// <summary>Cut from the round-trip format, which is faster than a custom one.</summary>
        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> time = stackalloc byte["yyyy-MM-ddTHH:mm:ss.fffffffZ".Length];
            value.UtcDateTime.TryFormat(time, out _, "O", CultureInfo.InvariantCulture);
            time["yyyy-MM-ddTHH:mm:ss.fff".Length] = (byte)'Z';
            writer.WriteStringValue(time[.."yyyy-MM-ddTHH:mm:ss.fffZ".Length]);
        }
    }
}
