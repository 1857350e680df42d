using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

public sealed record RequestRefused(DateTimeOffset At, string? Room, string? Name, Refusal Refusal) : Activity(At)
{
    private const int MaxShownRoom = 20;

    public override string Where => Code.TryParse(Room, out var code) ? code.ToString() : "";

    public override ActivityLine Line =>
        Room is null || Where != ""
            ? new("! {Who} refused: {Why}", PersonName.OrSomebody(Name), Refusal.Code)
            : new("! {Who} refused: {Why} at \"{Typed}\"", PersonName.OrSomebody(Name), Refusal.Code, Shorten(Room));

    private static string Shorten(string typed) => typed.Length > MaxShownRoom ? $"{typed[..MaxShownRoom]}…" : typed;
}

/// <summary>By a rule for all requests, before anything is read of them.</summary>
public sealed record RequestBlocked(DateTimeOffset At, string Rule) : Activity(At)
{
    public override ActivityLine Line => new("! {Who} refused: {Why}", PersonName.OrSomebody(null), Rule);
}

public sealed record MoreRefused(DateTimeOffset At, IPAddress Client, long Count) : Activity(At)
{
    public override ActivityLine Line => new("! {Count} more refused from {Address}", Count, Client);
}

/// <summary>Shows the first few refusals of an address per minute, and then only their number.</summary>
public sealed class RefusalReporter : IDisposable
{
    private const int ShownPerMinute = 20;
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(10);

    private readonly ActivityFeed _activity;
    private readonly TimeProvider _time;
    private readonly Instruments? _instruments;
    private readonly ClientRateLimiter _shown;
    private readonly Dictionary<IPAddress, long> _notShown = [];    // also the lock
    private readonly ITimer _timer;

    public RefusalReporter(ActivityFeed activity, TimeProvider time, Instruments? instruments = null)
    {
        (_activity, _time, _instruments) = (activity, time, instruments);
        _shown = new(time, ShownPerMinute);
        _timer = time.CreateTimer(_ => ReportCounts(), null, CountInterval, CountInterval);
    }

    public void Report(IPAddress client, Refusal refusal, string? room = null, string? name = null)
    {
        Count(refusal.Code);
        if (refusal.Reason == Reason.Stopping) return;
        Show(client, new RequestRefused(_time.GetUtcNow(), room, name, refusal));
    }

    public void ReportBlocked(IPAddress client, string rule)
    {
        Count(rule);
        Show(client, new RequestBlocked(_time.GetUtcNow(), rule));
    }

    /// <summary>What a stranger can cause as often as wanted.</summary>
    public void Show(IPAddress client, Activity activity)
    {
        if (_shown.TryTake(client, activity.GetType().Name) is null) _activity.Publish(activity);
        else lock (_notShown) { _notShown[client] = _notShown.GetValueOrDefault(client) + 1; }
    }

    public void Dispose() => _timer.Dispose();

    private void Count(string code) =>
        _instruments?.Refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    private void ReportCounts()
    {
        List<KeyValuePair<IPAddress, long>> counts;
        lock (_notShown)
        {
            counts = [.. _notShown];
            _notShown.Clear();
        }
        foreach (var (client, count) in counts) _activity.Publish(new MoreRefused(_time.GetUtcNow(), client, count));
    }
}
