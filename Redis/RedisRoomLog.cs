using System.Globalization;
using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>The log of a room as a sorted set, whose scores are its places.</summary>
internal sealed partial class RedisRoomLog(RedisConnection redis, RoomHeader header, Limits limits) : IRoomLog
{
    private const int Fields = 14, FieldsPerEntry = 5;

    /// <summary>A silent room is read, and so kept for longer, once a minute.</summary>
    private const int MinKeepSeconds = 120;

    /// <summary>A room that was answered so recently is busy: what it says meanwhile leaves together anyway.</summary>
    private static readonly TimeSpan BusyInterval = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan BellDelay = TimeSpan.FromMilliseconds(500);

    private readonly RoomKeys _keys = new(header.Code, header.Epoch);
    private readonly int _keepSeconds = Math.Max(MinKeepSeconds, limits.EmptyRoomSeconds);
    private int _asked;
    private long _answeredAt;

    public async ValueTask<LogAnswer> AppendAsync(
        LogHead head, LogFences fences, IReadOnlyList<LogEntry> entries, long keepFrom)
    {
        var start = TimeProvider.System.GetTimestamp();
        var isExact = entries is [.., { IsExact: true }];
        var call = new Call(head, NewToken(), fences, entries, isExact, keepFrom, _keepSeconds);
        var answer = await AskAsync(call).ConfigureAwait(false);
        redis.Instruments?.AppendDuration.Record(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        return answer;
    }

    public ValueTask<LogAnswer> ReadAsync(LogHead after, bool hasMembers) =>
        AskAsync(new Call(after, NewToken(), default, [], KeepSeconds: hasMembers ? _keepSeconds : 0));

    private string NewToken() => $"{redis.Server}-{Interlocked.Increment(ref _asked)}";

    private async ValueTask<LogAnswer> AskAsync(Call call)
    {
        var isBusy = TimeProvider.System.GetElapsedTime(Volatile.Read(ref _answeredAt)) < BusyInterval;
        // A room that many enter would let in one in a turn, and what is read late may have ended meanwhile.
        var isUrgent = isBusy || call.Entries is [] or [.., { IsFence: true }];
        var result = await redis.RetryAsync(
            RedisScript.Append, _keys.All, ArgumentsOf(call), isUrgent, isNew: call.Entries.Count > 0)
            .ConfigureAwait(false);
        Volatile.Write(ref _answeredAt, TimeProvider.System.GetTimestamp());
        if (result is null || result.IsNull) return new LogAnswer(Page: null);
        try
        {
            if (result[0].Resp2Type == ResultType.Array) return Answer(call, result[0], (string[])result[1]!);
            var id = (string)result[0]!;
            if (id.Length == 0 && redis.HasCaughtUp) return await EndedAsync().ConfigureAwait(false);
            var kept = id.Length > 0 ? new LogHead(ParseId(id), NullIfEmpty((string)result[1]!)) : default;
            return new LogAnswer(Page: null, Loss: new LogLoss(kept, lost => RecoverAsync(call, kept, lost)));
        }
        catch (FormatException)
        {
            // The members go on at a server that can read it.
            redis.NoteUnreadable(header.Code);
            return new LogAnswer(Page: null);
        }
    }

    /// <summary>If the room was closed, and not lost with everything, the bell says so, perhaps later.</summary>
    private static async ValueTask<LogAnswer> EndedAsync()
    {
        await Task.Delay(BellDelay, TimeProvider.System).ConfigureAwait(false);
        return new LogAnswer(Page: null);
    }

    public static RedisValue[] ToCreate(RoomHeader header, Limits limits) =>
    [
        limits.EmptyRoomSeconds,
        "epoch", header.Epoch, "created", header.CreatedAt.ToString("O"), "sealed", header.IsSealed,
        "inviter", header.Pair?.Inviter.Shown ?? "", "invitee", header.Pair?.Invitee.Shown ?? "",
    ];

    private RedisValue[] ArgumentsOf(Call call)
    {
        var (head, token, fences, entries, isExact, keepFrom, keepSeconds) = call;
        var arguments = new RedisValue[Fields + FieldsPerEntry * entries.Count];
        var count = 0;
        Add(header.Epoch, head.Place.Seq, head.Place.Change, head.Token ?? "");
        Add(ToId(fences.Roster), ToId(fences.Amended), isExact, token, keepFrom, keepSeconds);
        if (entries is [.., { Event: { IsAmendment: true } amendment, Amended: var amended }])
        {
            Add(amendment.Of, $"{amendment.Type}");
            Add(StoredEntry.Write(amended), StoredEntry.Write(amendment.Overtaken()));
        }
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
    /// What the bell says: a token, the place before, then id, event and rest of each entry, and, except from servers
    /// of an earlier version, the token before. Null if it does not.
    /// </summary>
    public static LogPage? ParseBell(string bell)
    {
        var lines = bell.Split('\n');
        if (lines.Length < 5) return null;
        var entries = new LogEntry[(lines.Length - 2) / 3];
        try
        {
            for (var i = 0; i < entries.Length; i++)
                entries[i] = StoredEntry.Read(lines[3 * i + 2], lines[0], lines[3 * i + 3], lines[3 * i + 4]);
            var before = (lines.Length - 2) % 3 == 1 ? NullIfEmpty(lines[^1]) : null;
            return new LogPage(new LogHead(ParseId(lines[1]), before), entries);
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

    private static string? NullIfEmpty(string token) => token.Length > 0 ? token : null;

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    public static string ToId(LogPlace place) => string.Create(Invariant, $"{place.Seq}-{place.Change}");

    /// <param name="ids">Of the entries, if they were taken: by this call, or among what follows the place.</param>
    private static LogAnswer Answer(Call call, RedisResult rows, string[] ids)
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
            for (var i = 0; among < 0 && i < ids.Length; i++)
                page.Add(call.Entries[i].At(ParseId(ids[i])) with { Token = call.Token });
        }
        // Some of what follows the place may be kept no longer.
        var after = page.Count > 0 ? new LogHead(page[0].Place.Previous) : call.Head;
        return new LogAnswer(new LogPage(after, page), firstTaken);
    }

    /// <param name="Token">A lost answer is asked for again with the same, so that the entries are taken once.</param>
    private sealed record Call(
        LogHead Head, string Token, LogFences Fences, IReadOnlyList<LogEntry> Entries, bool IsExact = false,
        long KeepFrom = 0, int KeepSeconds = 0);
}
