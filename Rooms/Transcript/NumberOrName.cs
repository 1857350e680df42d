using System.Text.Json;
using System.Text.Json.Serialization;

namespace RoomChat.Rooms;

/// <summary>As JSON, the number or the name itself.</summary>
[JsonConverter(typeof(Converter))]
public sealed record NumberOrName(int Number, string? Name = null)
{
    public sealed class Converter : JsonConverter<NumberOrName>
    {
        public override NumberOrName Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? new(0, reader.GetString()) : new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, NumberOrName value, JsonSerializerOptions options)
        {
            if (value.Name is { } name) writer.WriteStringValue(name);
            else writer.WriteNumberValue(value.Number);
        }
    }
}
