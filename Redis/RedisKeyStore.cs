using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>The keys that protect cookies and tokens, the same for all servers.</summary>
internal sealed class RedisKeyStore(RedisConnection redis) : IXmlRepository
{
    private static readonly RedisKey Keys = "keys";

    private readonly Lock _gate = new();
    private RedisValue[] _read = [];
    private XElement? _own;     // of this server alone, until Redis is there

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var outcome = redis.Try(database => database.ListRange(Keys));
        lock (_gate)
        {
            if (outcome.TryGet(out var read, out _)) (_read, _own) = (read, null);
            var shared = _read.Select(element => XElement.Parse((string)element!));
            return _own is null ? [.. shared] : [.. shared, _own];
        }
    }

    /// <summary>Unless another server was faster: its key serves as well, and is read after this.</summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        int known;
        lock (_gate) { known = _read.Length; }
        var outcome = redis.Try(database =>
        {
            var addition = database.CreateTransaction();
            addition.AddCondition(Condition.ListLengthEqual(Keys, known));
            _ = addition.ListRightPushAsync(Keys, element.ToString(SaveOptions.DisableFormatting));
            return addition.Execute();
        });
        lock (_gate) { _own = outcome.IsSuccess ? null : element; }
    }
}
