using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>What proves somebody to be the owner of an account; each change of the password makes the next version.</summary>
public sealed record Secret(string Hash, int Version = 1);

/// <summary>A name and its owner. It lives in memory.</summary>
public sealed class Account(string id, Name name, Secret secret)
{
    /// <summary>Who ends more sessions than this before they run out ends all of them.</summary>
    private const int MostEnded = 100;

    private readonly Lock _gate = new();
    private Secret _secret = secret;
    private Dictionary<string, DateTimeOffset>? _ended;     // sessions, and when they would have run out

    public string Id => id;
    public Name Name => name;

    public Secret Secret
    {
        get { lock (_gate) { return _secret; } }
    }

    /// <summary>All sessions that were begun before are over.</summary>
    public void Change(string hash)
    {
        lock (_gate) { Renew(hash); }
    }

    /// <summary>False where the session is over, or another's who had this name. A newer secret was set on another server.</summary>
    public bool Accepts(Ticket ticket)
    {
        lock (_gate)
        {
            if (ticket.Id != id || ticket.Secret.Version < _secret.Version || _ended?.ContainsKey(ticket.Session) == true) return false;
            if (ticket.Secret.Version > _secret.Version) _secret = ticket.Secret;
            return true;
        }
    }

    public void End(string session, DateTimeOffset now, DateTimeOffset until)
    {
        lock (_gate)
        {
            _ended ??= [];
            foreach (var (over, _) in _ended.Where(ended => ended.Value <= now).ToList()) _ended.Remove(over);
            _ended[session] = until;
            if (_ended.Count > MostEnded) Renew(_secret.Hash);
        }
    }

    private void Renew(string hash)
    {
        _secret = new Secret(hash, _secret.Version + 1);
        _ended = null;
    }
}
