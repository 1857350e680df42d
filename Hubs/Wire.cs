using System.Text.Json;
using System.Text.Json.Serialization;
using RoomChat.Rooms;

namespace RoomChat.Hubs;

public sealed record RoomRequest(string? Room);
public sealed record SendRequest(string? Text, string? Id);

public sealed record RoomAnswer(string Room);
public sealed record JoinAnswer(string Room, string Name, string Seat, string Epoch, long Seq, IReadOnlyList<Present> Users, bool? Gap);
public sealed record SendAnswer(long Seq);
public sealed record DoneAnswer;
public sealed record RefusalAnswer(string Refused, string Message, long? RetryAfterMs);
public sealed record ClosedNotice(string Reason, string Message, int? ReturnAfterMs);

/// <summary>How things look in JSON: absent means null, times have milliseconds, types are words.</summary>
public static class Wire
{
    public static void Configure(JsonSerializerOptions json)
    {
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.Converters.Add(new JsonStringEnumConverter<EventType>(JsonNamingPolicy.CamelCase));
        json.Converters.Add(new TimeConverter());
    }

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }
}
