using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>No network may have more than a quarter of all rooms, or it could close the server to all others.</summary>
internal sealed class RoomShare(Lobby lobby, Limits limits)
{
    private readonly int _share = limits.RoomsPerMinute == 0 ? 0 : limits.Rooms / 4;
    private readonly Dictionary<Code, ClientNetwork> _makers = [];      // also the lock

    public Refusal? Check(IPAddress client)
    {
        if (_share == 0 || lobby.Rooms < _share) return null;
        var network = WidestOf(client);
        lock (_makers)
        {
            ForgetClosed();
            return _makers.Values.Count(maker => maker == network) < _share ? null : new Refusal(Reason.ServerFull);
        }
    }

    public void Add(Room room, IPAddress client)
    {
        if (_share == 0) return;
        lock (_makers)
        {
            if (_makers.Count >= 2 * lobby.Rooms) ForgetClosed();
            _makers[room.Code] = WidestOf(client);
        }
    }

    private static ClientNetwork WidestOf(IPAddress client) => ClientNetwork.TiersOf(client)[^1];

    private void ForgetClosed()
    {
        foreach (var (code, _) in _makers)
            if (!lobby.Has(code)) _makers.Remove(code);
    }
}
