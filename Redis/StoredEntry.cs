using System.Text.Json;
using System.Text.Json.Serialization;
using RoomChat.Rooms;

namespace RoomChat.Redis;

/// <summary>An entry of a room's log as text.</summary>
internal sealed record StoredEntry(
    RoomEvent? Event, string? Seat, StoredRow? Row, string? FormerSeat, RoomState? State, string? By)
{
    public static string Write(LogEntry entry) => JsonSerializer.Serialize(
        new StoredEntry(
            entry.Event, entry.Change?.SeatHash, entry.Change?.Row is { } row ? StoredRow.Of(row) : null,
            entry.Change?.FormerSeatHash, entry.State, entry.By),
        StoredJson.Default.StoredEntry);

    public static LogEntry Read(string text, LogPlace place)
    {
        var stored = JsonSerializer.Deserialize(text, StoredJson.Default.StoredEntry)!;
        return new LogEntry(
            stored.Event is { } appended ? appended with { Seq = place.Seq } : null,
            stored.Seat is { } seat ? new RosterChange(seat, stored.Row?.ToRow(), stored.FormerSeat) : null,
            stored.State, stored.By, place);
    }
}

internal sealed record StoredRow(
    int Who, string Name, DateTimeOffset Since, string? Session, string? Server, bool IsConnected)
{
    public static StoredRow Of(RosterRow row) =>
        new(row.Who, row.Name.Shown, row.Since, row.Account?.Session, row.Server, row.IsConnected);

    public RosterRow ToRow()
    {
        var name = Rooms.Name.Restore(Name);
        return new RosterRow(
            Who, name, Since, Session is null ? null : new AccountIdentity(name, Session), Server, IsConnected);
    }
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredEntry))]
internal sealed partial class StoredJson : JsonSerializerContext;
