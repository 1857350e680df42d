using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>
/// Wrong passphrases count by address and by room. One is taken before the passphrase is known to be wrong, so that
/// many at once are not more.
/// </summary>
internal sealed class PassphraseGuessLimiter(TimeProvider time, int perMinute)
{
    private readonly ClientRateLimiter _addresses = new(time, perMinute);
    private readonly KeyedRateLimiter<Code> _rooms = new(time, perMinute);

    public Refusal? TryTake(IPAddress client, Code room)
    {
        if (_addresses.TryTake(client) is { } limited) return limited;
        if (_rooms.TryTake(room) is not { } tooMany) return null;
        _addresses.GiveBack(client);
        return tooMany;
    }

    public void GiveBack(IPAddress client, Code room)
    {
        _addresses.GiveBack(client);
        _rooms.GiveBack(room);
    }
}
