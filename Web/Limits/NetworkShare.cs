using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>No network may have more than a quarter of the whole, or it could close the server to all others.</summary>
/// <param name="whole">0 if there is no limit.</param>
/// <param name="isGone">Asked of what nobody has removed.</param>
internal sealed class NetworkShare<T>(int whole, Func<T, bool> isGone) where T : notnull
{
    private readonly int _share = whole / 4;
    private readonly Dictionary<T, ClientNetwork> _makers = [];     // also the lock

    public Refusal? Check(IPAddress client)
    {
        if (_share == 0) return null;
        var network = WidestOf(client);
        lock (_makers)
        {
            if (_makers.Count < _share) return null;
            ForgetGone();
            return _makers.Values.Count(maker => maker == network) < _share ? null : new Refusal(Reason.ServerFull);
        }
    }

    public void Add(T made, IPAddress client)
    {
        if (_share == 0) return;
        lock (_makers)
        {
            if (_makers.Count >= whole) ForgetGone();
            _makers[made] = WidestOf(client);
        }
    }

    public void Remove(T made)
    {
        lock (_makers) _makers.Remove(made);
    }

    private static ClientNetwork WidestOf(IPAddress client) => ClientNetwork.TiersOf(client)[^1];

    private void ForgetGone()
    {
        foreach (var (made, _) in _makers)
            if (isGone(made)) _makers.Remove(made);
    }
}
