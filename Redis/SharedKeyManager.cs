using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace RoomChat.Redis;

/// <summary>Has the keys read again once Redis is back: a server without it makes do with one of its own.</summary>
internal sealed class SharedKeyManager : IKeyManager, IDisposable
{
    private readonly XmlKeyManager _keys;
    private CancellationTokenSource _outdated = new();

    public SharedKeyManager(XmlKeyManager keys, RedisConnection redis)
    {
        _keys = keys;
        redis.Restored += Outdate;
    }

    public CancellationToken GetCacheExpirationToken() => _outdated.Token;

    public IReadOnlyCollection<IKey> GetAllKeys() => _keys.GetAllKeys();

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate)
    {
        var key = _keys.CreateNewKey(activationDate, expirationDate);
        Outdate();
        return key;
    }

    public void RevokeKey(Guid keyId, string? reason = null)
    {
        _keys.RevokeKey(keyId, reason);
        Outdate();
    }

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null)
    {
        _keys.RevokeAllKeys(revocationDate, reason);
        Outdate();
    }

    public void Dispose() => _outdated.Dispose();

    /// <summary>Not disposed, since somebody may just be asking for its token.</summary>
    private void Outdate() => Interlocked.Exchange(ref _outdated, new CancellationTokenSource()).Cancel();
}
