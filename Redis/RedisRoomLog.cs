using System.Globalization;
using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>The log of a room as a sorted set, whose scores are its places.</summary>
internal sealed class RedisRoomLog(RedisConnection redis, Code code, string epoch, Limits limits) : IRoomLog
{
    private const int Fields = 13, FieldsPerEntry = 5;

    /// <summary>A silent room is read, and so kept for longer, once a minute.</summary>
    private const int MinKeepSeconds = 120;

    /// <summary>A room that was answered so recently is busy: what it says meanwhile leaves together anyway.</summary>
    private static readonly TimeSpan BusyInterval = TimeSpan.FromMilliseconds(5);

    private readonly RoomKeys _keys = new(code, epoch);
    private readonly int _keepSeconds = Math.Max(MinKeepSeconds, limits.EmptyRoomSeconds);
    private int _asked;
    private long _answeredAt;

    public ValueTask<LogAnswer> AppendAsync(
        LogPlace place, LogFences fences, IReadOnlyList<LogEntry> entries, long keepFrom) =>
        AskAsync(place, fences, entries, keepFrom, _keepSeconds);

    public ValueTask<LogAnswer> ReadAsync(LogPlace after, bool hasMembers) =>
        AskAsync(after, fences: default, [], keepFrom: 0, hasMembers ? _keepSeconds : 0);

    private async ValueTask<LogAnswer> AskAsync(
        LogPlace place, LogFences fences, IReadOnlyList<LogEntry> entries, long keepFrom, int keepSeconds)
    {
        var start = TimeProvider.System.GetTimestamp();
        var arguments = ArgumentsOf(place, fences, entries, keepFrom, keepSeconds);
        var isBusy = TimeProvider.System.GetElapsedTime(Volatile.Read(ref _answeredAt), start) < BusyInterval;
        // A room that many enter would let in one in a turn, and what is read late may have ended meanwhile.
        var isUrgent = isBusy || entries is [] or [.., { IsFence: true }];
        var result = await redis.RetryAsync(RedisScript.Append, _keys.All, arguments, isUrgent).ConfigureAwait(false);
        Volatile.Write(ref _answeredAt, TimeProvider.System.GetTimestamp());
        if (entries.Count > 0)
            redis.Instruments?.AppendDuration.Record(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        if (result is null || result.IsNull) return new LogAnswer(Page: null);
        try
        {
            return Answer(place, result[0], (string[])result[1]!, entries);
        }
        catch (FormatException)
        {
            // The members go on at a server that can read it.
            redis.NoteUnreadable(code);
            return new LogAnswer(Page: null);
        }
    }

    private RedisValue[] ArgumentsOf(
        LogPlace place, LogFences fences, IReadOnlyList<LogEntry> entries, long keepFrom, int keepSeconds)
    {
        var arguments = new RedisValue[Fields + FieldsPerEntry * entries.Count];
        var count = 0;
        // A lost answer is asked for again with the same token, so that the entries are taken once.
        var token = $"{redis.Server}-{Interlocked.Increment(ref _asked)}";
        Add(epoch, place.Seq, place.Change, ToId(fences.Roster), ToId(fences.Amended));
        Add(entries is [.., { IsExact: true }], token, keepFrom, keepSeconds);
        if (entries is [.., { Amended: { } amended, Event: { } amendment }])
            Add(amended.Seq, $"{amendment.Type}", StoredEntry.Write(amended), StoredEntry.Write(amendment.Overtaken()));
        else Add("", "", "", "");
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var change = entry.Change;
            Add(StoredEntry.Write(entry.Event), change is { Row: not null } ? change.SeatHash : "");
            Add(change is { Row: null } ? change.SeatHash : change?.FormerSeatHash ?? "");
            Add(entry.State is not null, StoredEntry.WriteRest(entry));
        }
        return arguments;

        void Add(params ReadOnlySpan<RedisValue> values)
        {
            values.CopyTo(arguments.AsSpan(count));
            count += values.Length;
        }
    }

    /// <summary>
    /// What the bell says: a token, the place before, then id, event and rest of each entry. Null if it does not.
    /// </summary>
    public static LogPage? ParseBell(string bell)
    {
        var lines = bell.Split('\n');
        if (lines.Length < 5) return null;
        var entries = new LogEntry[(lines.Length - 2) / 3];
        try
        {
            for (var i = 0; i < entries.Length; i++)
                entries[i] = StoredEntry.Read(lines[3 * i + 2], lines[3 * i + 3], lines[3 * i + 4]);
            return new LogPage(ParseId(lines[1]), entries);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static LogPlace ParseId(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && long.TryParse(id.AsSpan(0, dash), NumberStyles.None, Invariant, out var seq)
            && int.TryParse(id.AsSpan(dash + 1), NumberStyles.None, Invariant, out var change)
            ? new LogPlace(seq, change)
            : throw new FormatException($"{id} is no place in a log.");
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    public static string ToId(LogPlace place) => string.Create(Invariant, $"{place.Seq}-{place.Change}");

    /// <param name="ids">Of the entries, if they were taken: by this call, or among what follows the place.</param>
    private static LogAnswer Answer(
        LogPlace place, RedisResult rows, string[] ids, IReadOnlyList<LogEntry> entries)
    {
        var page = new List<LogEntry>(rows.Length + ids.Length);
        for (var i = 0; i < rows.Length; i++)
            page.Add(StoredEntry.Read((string)rows[i]!));
        int? firstTaken = null;
        if (ids.Length > 0)
        {
            var first = ParseId(ids[0]);
            var among = page.FindIndex(entry => entry.Place == first);
            firstTaken = among >= 0 ? among : page.Count;
            for (var i = 0; among < 0 && i < ids.Length; i++) page.Add(entries[i].At(ParseId(ids[i])));
        }
        // Some of what follows the place may be kept no longer.
        return new LogAnswer(new LogPage(page.Count > 0 ? page[0].Place.Previous : place, page), firstTaken);
    }
}
