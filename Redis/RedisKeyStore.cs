using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using RoomChat.Rooms;
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
        var outcome = Wait(redis.TryAsync(database => database.ListRangeAsync(Keys)));
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
        var outcome = Wait(redis.TryAsync(AddAsync));
        if (outcome.TryGet(out var isAdded, out _) && isAdded) redis.RecentWrites.Add(AddAsync);
        lock (_gate) { _own = outcome.IsSuccess ? null : element; }

        Task<bool> AddAsync(IDatabase database)
        {
            var addition = database.CreateTransaction();
            addition.AddCondition(Condition.ListLengthEqual(Keys, known));
            _ = addition.ListRightPushAsync(Keys, element.ToString(SaveOptions.DisableFormatting));
            return addition.ExecuteAsync();
        }
    }

    /// <summary>The interface is synchronous. The pool has another thread for one that waits for a task.</summary>
    private static Outcome<T> Wait<T>(Task<Outcome<T>> outcome) where T : notnull => outcome.GetAwaiter().GetResult();
}
