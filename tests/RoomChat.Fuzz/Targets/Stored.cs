using System.Text.Json;
using RoomChat.Accounts;
using RoomChat.Redis;
using RoomChat.Rooms;
using static RoomChat.Fuzz.PropertyException;

namespace RoomChat.Fuzz.Targets;

/// <summary>What servers keep in Redis, and tell each other by it.</summary>
internal static class Stored
{
    public static void Check(byte[] input)
    {
        var text = Typed.Of(input);
        CheckBell(text);
        CheckEntry(text);
        CheckPresence(text);
        CheckAccount(text);
    }

    private static void CheckBell(string text)
    {
        if (RedisRoomLog.ParseBell(text) is not { } page) return;
        foreach (var entry in page.Entries) CheckRoundTrip(entry);
    }

    private static void CheckEntry(string text)
    {
        if (ReadEntry(text) is { } entry) CheckRoundTrip(entry);
    }

    private static LogEntry? ReadEntry(string text)
    {
        try
        {
            return StoredEntry.Read(text);
        }
        catch (FormatException)
        {
            return null;    // no server writes such an entry
        }
    }

    private static void CheckRoundTrip(LogEntry entry)
    {
        var id = RedisRoomLog.ToId(entry.Place);
        var (stored, rest) = (StoredEntry.Write(entry.Event), StoredEntry.WriteRest(entry));
        Require(!$"{id}{stored}{rest}".Contains('\n', StringComparison.Ordinal), "An entry is lines");
        var again = StoredEntry.Read($"{id}\ntoken\n{stored}\n{rest}");
        RequireEqual(entry.Place, again.Place, "An entry keeps its place");
        RequireEqual(stored, StoredEntry.Write(again.Event), "An event is read as it was written");
        RequireEqual(rest, StoredEntry.WriteRest(again), "The rest is read as it was written");
    }

    private static void CheckPresence(string text)
    {
        if (PresenceNotice.Parse(text) is not { } notice) return;
        RequireEqual(notice, PresenceNotice.Parse($"{notice}"), "A notice is read as it was written");
    }

    private static void CheckAccount(string text)
    {
        if (ReadAccount(text) is not { } account) return;
        var written = StoredAccount.Write(account);
        RequireEqual(written, StoredAccount.Write(StoredAccount.Read(written)), "An account is read as it was written");
    }

    private static Account? ReadAccount(string text)
    {
        try
        {
            return StoredAccount.Read(text);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;    // no server writes such an account
        }
    }
}
