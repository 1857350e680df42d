namespace RoomChat.Rooms;

/// <summary>A log that fails may lose what its disk has not yet. A room that has folded it gives it back.</summary>
public sealed partial class Room
{
    private readonly RecentEntries? _recent;        // null where the log loses nothing

    private async ValueTask<LogAnswer> RecoverAsync(ValueTask<LogAnswer> asked)
    {
        var answer = await asked.ConfigureAwait(false);
        while (answer.Loss is { } loss)
        {
            IReadOnlyList<LogEntry>? lost;
            lock (_gate)
            {
                if (_isClosed) return new LogAnswer(Page: null);
                lost = LostAfter(loss.Kept);
            }
            answer = await loss.RecoverAsync(lost).ConfigureAwait(false);
        }
        return answer;
    }

    /// <summary>As it was, but with events as later ones have amended them; null if not all of it is known.</summary>
    private List<LogEntry>? LostAfter(LogHead kept)
    {
        if (_recent?.GiveBackAfter(kept, _environment.Uptime) is not { } entries) return null;
        List<LogEntry> lost = [];
        foreach (var entry in entries)
        {
            var appended = entry.Place.IsEvent ? _transcript.FindReplayed(entry.Place.Seq) : null;
            if (entry.Place.IsEvent && appended is null) return null;
            var amended = appended is { IsAmendment: true } ? _transcript.Find(appended.Of!.Value) : null;
            lost.Add(entry with { Event = appended, Amended = amended });
        }
        return lost;
    }
}
