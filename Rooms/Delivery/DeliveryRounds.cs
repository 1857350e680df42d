using System.Diagnostics.CodeAnalysis;

namespace RoomChat.Rooms;

internal readonly record struct PendingWrite(Place Place, OutgoingMessage Message);

/// <summary>
/// Delivers the transcript to its readers in rounds. A reader whose last write is still in progress is skipped and
/// catches up from its place later, so that no reader delays another. Guarded by the room's lock, except where noted.
/// </summary>
internal sealed partial class DeliveryRounds(
    Lock gate, Transcript transcript, string epoch, RoomEnvironment environment) : IThreadPoolWorkItem
{
    /// <summary>A backlog is sent in parts, so that the connection's buffers stay bounded.</summary>
    private const int MaxBatchBytes = 256 << 10;

    /// <summary>Rounds to many readers are paced, so that each carries several messages.</summary>
    private static readonly TimeSpan PacePerReader = TimeSpan.FromMicroseconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>A shorter pause costs more than it saves.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(4);

    private readonly HashSet<Place> _places = [];
    private readonly TimeSpan _writeTimeout = TimeSpan.FromSeconds(environment.Limits.SlowMemberSeconds);
    private bool _isRunning;
    private ITimer? _nextRound;

    /// <summary>True if the reader missed events that are no longer kept.</summary>
    public bool Connect(Member member, IReader reader, long? seen, bool isNew)
    {
        var canReplay = !isNew && seen is { } last && transcript.CanReplayAfter(last);
        var hasGap = !canReplay && seen is { } missed && !transcript.IsHistoryCompleteAfter(missed);
        // With a gap, what was seen before may have been amended since.
        var opening = canReplay ? [] : transcript.HistoryAfter(isNew || hasGap ? null : seen);

        // A reader that is already connected may have a write in progress, so it keeps its place.
        var place = member.Place ??= new Place(reader);
        place.Seq = canReplay ? seen!.Value : transcript.Head;
        place.ConnectedAt = environment.UtcNow;
        place.IsShownSeen = member.Seen is not null;
        place.Opening = opening.Count > 0 ? opening : null;
        Follow(place);
        return hasGap;
    }

    public void Disconnect(Member member)
    {
        if (member.Place is { } place) _places.Remove(place);
        member.Place = null;
    }

    public bool HasMoreFor(Member member) =>
        member.Place is { } place && (place.Opening is not null || place.Seq < transcript.Head);

    public long BytesFor(Member member) =>
        member.Place is not { } place ? 0
        : (place.Opening?.Sum(kept => (long)kept.MaxJsonBytes()) ?? 0) + transcript.ReplayBytesAfter(place.Seq);

    public void Wake()
    {
        _isWoken = true;
        if (_isRunning && !_isDeferred) return;
        (_isRunning, _isDeferred) = (true, false);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public bool IsStuck([NotNullWhen(true)] Place? place) =>
        place is not null
        && ((place.WritingSince is { } since && environment.Uptime - since > _writeTimeout)
            || !transcript.CanReplayAfter(place.Seq));

    /// <summary>Runs on the thread pool until every reader is at the head or has a write in progress.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        List<Place> completed = [];
        while (true)
        {
            var start = environment.Time.GetTimestamp();
            List<PendingWrite> round;
            lock (gate)
            {
                MarkCompleted(completed);
                round = BeginRound();
                _isRunning = round.Count > 0;
            }
            if (round.Count == 0) return;
            completed = StartWrites(round);

            var pause = PacePerReader * round.Count - environment.Time.GetElapsedTime(start);
            if (pause < ShortestPause) continue;
            Complete(completed);
            ContinueAfter(pause < LongestPause ? pause : LongestPause);
            return;
        }
    }

    private void ContinueAfter(TimeSpan pause)
    {
        _nextRound ??= environment.Time.CreateTimer(
            _ => ((IThreadPoolWorkItem)this).Execute(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _nextRound.Change(pause, Timeout.InfiniteTimeSpan);
    }

    private void Follow(Place place)
    {
        _places.Add(place);
        Wake();
    }

    private List<PendingWrite> BeginRound()
    {
        List<PendingWrite> round = [];
        Dictionary<long, Batch> batches = [];
        _lastRound = environment.Uptime;
        foreach (var place in _places)
        {
            if (place.WritingSince is not null || place.IsResting) continue;
            if (place.Opening is { } opening)
            {
                place.Opening = null;
                round.Add(Begin(place, new Batch(epoch, transcript.AsKept(opening))));
            }
            else if (place.Seq < transcript.Head && transcript.CanReplayAfter(place.Seq))
            {
                if (!batches.TryGetValue(place.Seq, out var batch))
                    batches.Add(place.Seq, batch = new Batch(epoch, transcript.ReplayAfter(place.Seq, MaxBatchBytes)));
                place.Seq = batch.Events[^1].Seq;
                place.IsResting = NeedsRest(place);
                if (environment.Counters.MeasuresLag)
                    environment.Counters.AddLag(environment.UtcNow - place.WaitsSince(batch.Events[0]));
                round.Add(Begin(place, batch));
            }
            else if (MissesSeen(place))
            {
                place.LastSeen = _seen;
                round.Add(Begin(place, _seen));
            }
        }
        return round;
    }

    private PendingWrite Begin(Place place, OutgoingMessage message)
    {
        place.WritingSince = environment.Uptime;
        return new PendingWrite(place, message);
    }

    /// <summary>Called without the lock. Returns the places whose write completed synchronously.</summary>
    private List<Place> StartWrites(List<PendingWrite> writes)
    {
        List<Place> completed = new(writes.Count);
        environment.Counters.AddDeliveries(
            writes.Sum(write => write.Message is Batch batch ? batch.Events.Count : 0));
        foreach (var (place, message) in writes)
        {
            var write = place.Reader.WriteAsync(message);
            if (place.IsResting && message is Batch batch) place.Write = RestAsync(place, write, batch.Events.Count);
            else if (write.IsCompletedSuccessfully) completed.Add(place);
            else place.Write = CompleteAsync(place, write);
        }
        return completed;
    }

    private async Task CompleteAsync(Place place, Task write)
    {
        await write.ConfigureAwait(false);
        Complete([place]);
    }

    private void Complete(List<Place> completed)
    {
        lock (gate) { MarkCompleted(completed); }
    }

    private void MarkCompleted(List<Place> completed)
    {
        foreach (var place in completed)
        {
            place.WritingSince = null;
            place.ReadySince = environment.Uptime;
            var isBehind = place.Seq < transcript.Head || place.Opening is not null || MissesSeen(place);
            if (isBehind && _places.Contains(place)) Wake();
        }
    }
}
