using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>Of those refused from one address, so many more than were shown one by one.</summary>
public sealed record RefusedMore(DateTimeOffset At, IPAddress From, long Count) : Happening(At);

/// <summary>Shows whoever runs the server what is refused. Of one address it shows some a minute, and of the others how many they are.</summary>
public sealed class Refusals : IDisposable
{
    private const int ShownPerMinute = 20;
    private static readonly TimeSpan CountedEvery = TimeSpan.FromSeconds(10);

    private readonly Feed _feed;
    private readonly TimeProvider _time;
    private readonly Buckets<IPAddress> _shown;
    private readonly Dictionary<IPAddress, long> _more = [];    // also the lock
    private readonly ITimer _timer;

    public Refusals(Feed feed, TimeProvider time)
    {
        (_feed, _time, _shown) = (feed, time, new(time, ShownPerMinute));
        _timer = time.CreateTimer(_ => Count(), null, CountedEvery, CountedEvery);
    }

    public void Show(IPAddress from, Refusal why, string? room = null, string? name = null)
    {
        if (_shown.Limit(from) is null)
        {
            _feed.Publish(new Refused(_time.GetUtcNow(), room, name, why));
            return;
        }
        lock (_more) { _more[from] = _more.GetValueOrDefault(from) + 1; }
    }

    public void Dispose() => _timer.Dispose();

    private void Count()
    {
        List<KeyValuePair<IPAddress, long>> more;
        lock (_more)
        {
            more = [.. _more];
            _more.Clear();
        }
        foreach (var (from, count) in more) _feed.Publish(new RefusedMore(_time.GetUtcNow(), from, count));
    }
}
