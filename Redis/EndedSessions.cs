using RoomChat.Accounts;
using RoomChat.Rooms;

namespace RoomChat.Redis;

/// <summary>Closes the members here whose sessions were ended on other servers.</summary>
internal sealed class EndedSessions(IAccountStore accounts, Lobby lobby) : BackgroundService
{
    private const int AccountsAtOnce = 500;

    /// <summary>Of asking about all members, since what other servers say can be lost.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (accounts is not RedisAccountStore shared) return;
        await shared.ListenAsync(name => _ = CloseAsync(shared, [name])).ConfigureAwait(false);
        var hasLooks = false;
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        do
        {
            if (!hasLooks) hasLooks = (await shared.AddLooksAsync().ConfigureAwait(false)).IsSuccess;
            await CloseAsync(shared, lobby.RegisteredNames()).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task CloseAsync(RedisAccountStore shared, IEnumerable<string> names)
    {
        Dictionary<string, Account?> byName = [];      // null if it was deleted
        foreach (var some in names.Chunk(AccountsAtOnce))
        {
            var outcome = await shared.ReadAsync(some).ConfigureAwait(false);
            if (!outcome.TryGet(out var found, out _)) return;
            foreach (var name in some) byName[name] = null;
            foreach (var account in found) byName[account.Name.Key] = account;
        }
        if (byName.Count == 0) return;
        lobby.CloseSessions(member =>
            byName.TryGetValue(member.Name.Key, out var account) && account?.HasEnded(member) != false);
    }
}
