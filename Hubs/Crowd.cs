using System.Net;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Hubs;

/// <summary>How many connections to the hub there are at once: of one address, and in all.</summary>
internal sealed class Crowd(Limits limits, Refusals refusals)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<IPAddress, int> _of = [];   // also the lock
    private readonly TaskCompletionSource _lastHasLeft = new();
    private int _all;
    private bool _isClosing;

    public RequestDelegate Bounded(RequestDelegate serve) => async context =>
    {
        var from = Network.Of(context);
        if (Enter(from) is { } full)
        {
            refusals.Show(from, full);
            context.Response.StatusCode = Problem.StatusOf(full.Reason);
            context.Response.Headers.RetryAfter = Problem.Seconds(full);
            return;
        }
        try
        {
            await serve(context);
        }
        finally
        {
            Leave(from);
        }
    };

    /// <summary>While its request is under way, a connection's last words may not have left yet.</summary>
    public void WaitForLast(TimeSpan patience)
    {
        lock (_of)
        {
            _isClosing = true;
            if (_all == 0) return;
        }
        _lastHasLeft.Task.Wait(patience);
    }

    private Refusal? Enter(IPAddress from)
    {
        lock (_of)
        {
            var some = _of.GetValueOrDefault(from);
            if (limits.ConnectionsPerAddress > 0 && some >= limits.ConnectionsPerAddress) return new Refusal(Reason.RateLimited, Patience);
            if (limits.Connections > 0 && _all >= limits.Connections) return new Refusal(Reason.ServerFull, Patience);
            _of[from] = some + 1;
            _all++;
            return null;
        }
    }

    private void Leave(IPAddress from)
    {
        lock (_of)
        {
            if (--_of[from] == 0) _of.Remove(from);
            if (--_all == 0 && _isClosing) _lastHasLeft.TrySetResult();
        }
    }
}
