using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>
/// An entry of a room's log as lines of text: its id, a token, its event and the rest, so that the event can be
/// overwritten once a later one has amended it.
/// </summary>
internal sealed record StoredEntry(string? Seat, StoredRow? Row, string? FormerSeat, RoomState? State, string? By)
{
    /// <summary>Text of all scripts is kept as it is, which is a third of its escapes.</summary>
    private static readonly StoredJson Json = new(new JsonSerializerOptions(StoredJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static RedisValue Write(RoomEvent? stored) => stored is null
        ? RedisValue.EmptyString
        : JsonSerializer.SerializeToUtf8Bytes(stored, Json.RoomEvent);

    public static RedisValue WriteRest(LogEntry entry) => JsonSerializer.SerializeToUtf8Bytes(
        new StoredEntry(
            entry.Change?.SeatHash, entry.Change?.Row is { } row ? StoredRow.Of(row) : null,
            entry.Change?.FormerSeatHash, entry.State, entry.By),
        Json.StoredEntry);

    /// <exception cref="FormatException">No server writes so.</exception>
    public static LogEntry Read(string lines) =>
        lines.Split('\n') is [var id, var token, var storedEvent, var rest, ..]
            ? Read(id, token, storedEvent, rest)
            : throw new FormatException("An entry of a log has four lines.");

    public static LogEntry Read(string id, string token, string storedEvent, string rest)
    {
        var place = RedisRoomLog.ParseId(id);
        var appended = storedEvent.Length > 0
            ? Parse(storedEvent, Json.RoomEvent, read => read with { Seq = place.Seq })
            : null;
        return ReadRest(rest) with { Event = appended, Place = place, Token = token };
    }

    /// <summary>The room keeps this of the entries that set a seat or its state.</summary>
    public static LogEntry ReadRest(string rest) => Parse(rest, Json.StoredEntry, stored =>
    {
        var change = stored.Seat is { } seat ? new RosterChange(seat, stored.Row?.ToRow(), stored.FormerSeat) : null;
        return new LogEntry(Event: null, change, stored.State, stored.By);
    });

    private static TRead Parse<TStored, TRead>(string json, JsonTypeInfo<TStored> type, Func<TStored, TRead> read)
        where TStored : class
    {
        try
        {
            return read(JsonSerializer.Deserialize(json, type) ?? throw new FormatException("It is null."));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new FormatException("An entry of a log is malformed.", exception);
        }
    }
}

internal sealed record StoredRow(
    int Who, [property: JsonRequired] string Name, DateTimeOffset Since,
    string? Session, string? Server, bool IsConnected, bool IsRenamed)
{
    public static StoredRow Of(RosterRow row) =>
        new(row.Who, row.Name.Shown, row.Since, row.Account?.Session, row.Server, row.IsConnected, row.IsRenamed);

    public RosterRow ToRow()
    {
        var name = Rooms.Name.Restore(Name);
        var account = Session is null ? null : new AccountIdentity(name, Session);
        return new RosterRow(Who, name, Since, account, Server, IsConnected, IsRenamed);
    }
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoredEntry))]
[JsonSerializable(typeof(RoomEvent))]
internal sealed partial class StoredJson : JsonSerializerContext;
