namespace RoomChat.Rooms;

/// <summary>A write that has begun, as far as the room is concerned.</summary>
internal readonly record struct Handover(Place Place, Outgoing What);

/// <summary>
/// Hands a transcript to its connected readers. One round goes out at a time; a reader whose last write is still under way is
/// passed over and catches up from its place, so nobody waits for anybody and what arrives during a round leaves in the next.
/// Members are called with the room's lock held, except where they say otherwise.
/// </summary>
internal sealed class Rounds(Lock gate, Transcript transcript, string epoch, TimeProvider time, TimeSpan patience, Tally tally)
    : IThreadPoolWorkItem
{
    /// <summary>A slow reader is sent its backlog in parts, so that what waits in its connection's buffers stays bounded.</summary>
    public const int MaxBatchBytes = 256 << 10;

    /// <summary>Rounds to many go out no faster than this for each: one takes along what several would have, and nobody sees it.</summary>
    private static readonly TimeSpan PacePerMember = TimeSpan.FromMicroseconds(60), LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waiting for less costs more than it saves.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(4);

    private readonly HashSet<Place> _places = [];
    private bool _running;
    private ITimer? _next;

    public void Follow(Place place)
    {
        _places.Add(place);
        Wake();
    }

    public void Unfollow(Place place) => _places.Remove(place);

    public void Wake()
    {
        if (_running) return;
        _running = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>True where a write takes too long, or what would come next is no longer kept.</summary>
    public bool IsStuck(Place place, TimeSpan now) => now - place.WritingSince > patience || !transcript.Reaches(place.Seq);

    /// <summary>To everybody whose connection is idle, except one. For the others it is not worth waiting.</summary>
    public List<Handover> ToIdle(Outgoing what, Place? except) =>
        [.. _places.Where(place => place != except && place.WritingSince is null).Select(place => Begin(place, what))];

    /// <summary>Called without the lock.</summary>
    public void HandOver(List<Handover> handovers) => HandedOver(Write(handovers));

    /// <summary>Called by the thread pool: one round after another until everybody is at the head or busy.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        List<Place> done = [];
        while (true)
        {
            var start = time.GetTimestamp();
            List<Handover> round;
            lock (gate)
            {
                Settle(done);
                round = Gather();
                _running = round.Count > 0;
            }
            if (round.Count == 0) return;
            tally.AddDeliveries(round.Sum(handover => ((Batch)handover.What).Events.Count));
            done = Write(round);

            var pause = PacePerMember * round.Count - time.GetElapsedTime(start);
            if (pause < ShortestPause) continue;
            HandedOver(done);
            _next ??= time.CreateTimer(_ => ((IThreadPoolWorkItem)this).Execute(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _next.Change(pause < LongestPause ? pause : LongestPause, Timeout.InfiniteTimeSpan);
            return;
        }
    }

    private void HandedOver(List<Place> done)
    {
        lock (gate) { Settle(done); }
    }

    private List<Handover> Gather()
    {
        List<Handover> round = [];
        Dictionary<long, Batch> batches = [];
        foreach (var place in _places)
        {
            if (place.WritingSince is not null) continue;
            if (place.Opening is { } opening)
            {
                place.Opening = null;
                round.Add(Begin(place, opening));
            }
            else if (place.Seq < transcript.Head && transcript.Reaches(place.Seq))
            {
                if (!batches.TryGetValue(place.Seq, out var batch))
                    batches.Add(place.Seq, batch = new Batch(epoch, transcript.After(place.Seq, MaxBatchBytes)));
                place.Seq = batch.Events[^1].Seq;
                round.Add(Begin(place, batch));
            }
        }
        return round;
    }

    private Handover Begin(Place place, Outgoing what)
    {
        place.WritingSince = time.GetElapsedTime(0);
        return new Handover(place, what);
    }

    /// <summary>Called without the lock. Returns those whose write is done already; the others settle by themselves.</summary>
    private List<Place> Write(List<Handover> handovers)
    {
        List<Place> done = new(handovers.Count);
        foreach (var (place, what) in handovers)
        {
            var write = place.Reader.WriteAsync(what);
            if (write.IsCompletedSuccessfully) done.Add(place);
            else place.Writing = FinishAsync(place, write);
        }
        return done;
    }

    private async Task FinishAsync(Place place, Task write)
    {
        await write.ConfigureAwait(false);
        lock (gate) { Settle([place]); }
    }

    private void Settle(List<Place> done)
    {
        foreach (var place in done)
        {
            place.WritingSince = null;
            if ((place.Seq < transcript.Head || place.Opening is not null) && _places.Contains(place)) Wake();
        }
    }
}
