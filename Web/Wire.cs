using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomChat.Rooms;

namespace RoomChat.Web;

public sealed record RoomRequest(string? Room = null);
public sealed record SendRequest(string? Text, string? Id = null)
{
    /// <summary>SignalR logs what it is called with, and what people write may be nobody's business.</summary>
    public override string ToString() => nameof(SendRequest);
}

public sealed record SendAnswer(long Seq);

public sealed record JoinAnswer(
    string Room, string Name, string Seat, string Epoch, long Seq, IReadOnlyList<Present> Users, bool? Gap = null)
{
    public static JoinAnswer To(Joined joined) =>
        new(joined.Member.Room.Code.ToString(), joined.Member.Name.Shown, joined.Member.Seat, joined.Member.Room.Epoch,
            joined.Seq, joined.Users, joined.Gap ? true : null);
}

/// <summary>How things look in JSON: absent means null, times have milliseconds, types are words.</summary>
public static class Wire
{
    /// <summary>The longest text with every character escaped, and the rest of the record.</summary>
    public static int MaxBytes(Limits limits) => Math.Max(32 << 10, 12 * limits.MessageLength + 1024);

    public static void Configure(JsonSerializerOptions json)
    {
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.Converters.Add(new JsonStringEnumConverter<EventType>(JsonNamingPolicy.CamelCase));
        json.Converters.Add(new TimeConverter());
    }

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> time = stackalloc byte["yyyy-MM-ddTHH:mm:ss.fffffffZ".Length];
            value.UtcDateTime.TryFormat(time, out _, "O", CultureInfo.InvariantCulture);
            time["yyyy-MM-ddTHH:mm:ss.fff".Length] = (byte)'Z';
            writer.WriteStringValue(time[.."yyyy-MM-ddTHH:mm:ss.fffZ".Length]);
        }
    }
}
