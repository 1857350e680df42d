using RoomChat.Rooms;

namespace RoomChat.Accounts;

public sealed record PasswordVersion(string Hash, int Version = 1);

public sealed class Account(string id, Name name, PasswordVersion password)
{
    /// <summary>Above this many, every session is closed, so that the dictionary stays bounded.</summary>
    private const int MaxClosed = 100;

    private readonly Lock _gate = new();
    private PasswordVersion _password = password;
    private Dictionary<string, DateTimeOffset>? _closed;    // session id, and when it expires anyway

    public string Id => id;
    public Name Name => name;

    public PasswordVersion Password
    {
        get { lock (_gate) { return _password; } }
    }

    public void ChangePassword(string hash)
    {
        lock (_gate) { NextVersion(hash); }
    }

    /// <summary>False if the session is closed or belongs to an earlier account of this name.</summary>
    public bool Accepts(SessionClaims claims)
    {
        lock (_gate)
        {
            if (claims.AccountId != id || _closed?.ContainsKey(claims.Session) == true) return false;
            if (claims.Password.Version < _password.Version) return false;
            if (claims.Password.Version > _password.Version) _password = claims.Password;   // changed on another server
            return true;
        }
    }

    public void Close(string session, DateTimeOffset now, DateTimeOffset expires)
    {
        lock (_gate)
        {
            _closed ??= [];
            foreach (var (expired, _) in _closed.Where(closed => closed.Value <= now).ToList()) _closed.Remove(expired);
            _closed[session] = expires;
            if (_closed.Count > MaxClosed) NextVersion(_password.Hash);
        }
    }

    private void NextVersion(string hash)
    {
        _password = new PasswordVersion(hash, _password.Version + 1);
        _closed = null;
    }
}
