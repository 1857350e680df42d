using RoomChat.Accounts;
using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>Accounts that several servers share.</summary>
internal sealed class RedisAccountStore(RedisConnection redis, AccountSettings settings, TimeProvider time)
    : IAccountStore
{
    /// <summary>For how long a session is recognized while Redis is away.</summary>
    private static readonly TimeSpan RecallTime = TimeSpan.FromMinutes(1);

    /// <summary>Which form of looks are kept, in a field that is no look.</summary>
    private const string FormField = "", Form = "1";

    /// <summary>The braces keep all on one node of a cluster.</summary>
    private static readonly RedisKey[] Keys = ["{accounts}", "{accounts}:changes", "{accounts}:looks"];

    private readonly LruCache<string, Copy> _found = new();     // also the lock

    public bool OutlivesServer => true;

    public async ValueTask<Outcome<bool>> IsReservedAsync(Name name) =>
        settings.Enabled
            ? await redis.TryAsync(async database => (bool)await RedisScript.FindName.RunAsync(
                database, Keys, [name.Key, .. LooksOf(name)]).ConfigureAwait(false)).ConfigureAwait(false)
            : false;

    public async ValueTask<Outcome<Account>> FindAsync(Name name)
    {
        var outcome = await ReadAsync([name.Key]).ConfigureAwait(false);
        if (!outcome.TryGet(out var accounts, out var refusal)) return refusal;
        return accounts is [var account] ? account : Reason.AccountNotFound;
    }

    public async ValueTask<Outcome<Account>> RecallAsync(Name name)
    {
        var outcome = await FindAsync(name).ConfigureAwait(false);
        lock (_found)
        {
            ref var copy = ref _found[name.Key, time.GetElapsedTime(0)];
            if (outcome.TryGet(out var account, out var refusal)) copy = new Copy(account, time.GetTimestamp());
            else if (refusal.Reason != Reason.Unavailable) copy = null;
            else if (copy is not null && time.GetElapsedTime(copy.FoundAt) < RecallTime) return copy.Account;
        }
        return outcome;
    }

    public async ValueTask<Outcome<Account[]>> IdleSinceAsync(DateTimeOffset since) =>
        await redis.TryAsync(async database =>
        {
            List<Account> idle = [];
            await foreach (var kept in database.HashScanAsync(Keys[0]).ConfigureAwait(false))
                if (StoredAccount.Read((string)kept.Value!) is var account && !(account.Used >= since))
                    idle.Add(account);
            return idle.ToArray();
        }).ConfigureAwait(false);

    public async ValueTask<Outcome<Done>> AddAsync(Account account)
    {
        RedisValue[] arguments =
            [account.Name.Key, StoredAccount.Write(account), settings.Limit, .. LooksOf(account.Name)];
        var outcome = await redis.TryAsync(AddAsync).ConfigureAwait(false);
        if (!outcome.TryGet(out var result, out var refusal)) return refusal;
        if ((string)result! is "full") return Reason.ServerFull;
        if ((string)result! is "taken") return Reason.NameTaken;
        redis.RecentWrites.Add(AddAsync);
        return new Done();

        Task<RedisResult> AddAsync(IDatabase database) => RedisScript.AddAccount.RunAsync(database, Keys, arguments);
    }

    public async ValueTask<Outcome<Account>> ChangeAsync(Name name, Func<Account, Outcome<Account>> change) =>
        await ReplaceAsync(name, change, isRemoval: false).ConfigureAwait(false);

    public async ValueTask<Outcome<Done>> RemoveAsync(Name name, Func<Account, bool> mayRemove)
    {
        var outcome = await ReplaceAsync(
            name, known => mayRemove(known) ? known : Reason.SignInFailed, isRemoval: true).ConfigureAwait(false);
        return outcome.TryGet(out _, out var refusal) ? new Done() : refusal;
    }

    /// <summary>Hears whose sessions were ended. Where Redis is away, that takes effect once it is back.</summary>
    public Task ListenAsync(Action<string> hear) => redis.TryAsync(async _ =>
    {
        var changes = RedisChannel.Sharded((string)Keys[1]!);
        await redis.Subscriber.SubscribeAsync(changes, (channel, name) => hear((string)name!)).ConfigureAwait(false);
        return true;
    });

    /// <summary>Adds the looks of the names of accounts that earlier versions have kept.</summary>
    public Task<Outcome<bool>> AddLooksAsync() => redis.TryAsync(async database =>
    {
        if (await database.HashGetAsync(Keys[2], FormField).ConfigureAwait(false) == Form) return true;
        await foreach (var kept in database.HashScanAsync(Keys[0]).ConfigureAwait(false))
            await Task.WhenAll(LooksOf(StoredAccount.Read((string)kept.Value!).Name).Select(look =>
                database.HashSetAsync(Keys[2], look, kept.Name, When.NotExists))).ConfigureAwait(false);
        return await database.HashSetAsync(Keys[2], FormField, Form).ConfigureAwait(false);
    });

    /// <summary>Those that there are.</summary>
    public async Task<Outcome<Account[]>> ReadAsync(string[] names)
    {
        var outcome = await redis.TryAsync(database =>
            database.HashGetAsync(Keys[0], [.. names.Select(name => (RedisValue)name)])).ConfigureAwait(false);
        if (!outcome.TryGet(out var texts, out var refusal)) return refusal;
        return texts.Where(text => !text.IsNull).Select(text => StoredAccount.Read((string)text!)).ToArray();
    }

    private async Task<Outcome<Account>> ReplaceAsync(
        Name name, Func<Account, Outcome<Account>> change, bool isRemoval)
    {
        while (true)
        {
            var found = await redis.TryAsync(database => database.HashGetAsync(Keys[0], name.Key))
                .ConfigureAwait(false);
            if (!found.TryGet(out var text, out var refusal)) return refusal;
            if (text.IsNull) return Reason.AccountNotFound;
            var known = StoredAccount.Read((string)text!);
            var outcome = change(known);
            if (!outcome.TryGet(out var changed, out refusal)) return refusal;
            var next = isRemoval ? "" : StoredAccount.Write(changed);
            var hasEndedSessions = isRemoval || changed.EndsMoreThan(known);
            RedisValue[] arguments = [name.Key, text, next, hasEndedSessions, .. LooksOf(known.Name)];
            var attempt = await redis.TryAsync(ReplaceAsync).ConfigureAwait(false);
            if (!attempt.TryGet(out var isReplaced, out refusal)) return refusal;
            if (!(bool)isReplaced) continue;
            redis.RecentWrites.Add(ReplaceAsync);
            return changed;

            Task<RedisResult> ReplaceAsync(IDatabase database) =>
                RedisScript.ChangeAccount.RunAsync(database, Keys, arguments);
        }
    }

    private static IEnumerable<RedisValue> LooksOf(Name name) => name.Looks.Select(look => (RedisValue)look);

    private sealed record Copy(Account Account, long FoundAt);
}
