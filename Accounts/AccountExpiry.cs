namespace RoomChat.Accounts;

/// <summary>Deletes accounts that nobody uses, which would keep their names, and others from signing up.</summary>
internal sealed class AccountExpiry(
    IAccountStore accounts, Authenticator authenticator, AccountSettings settings, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.IdleDays == 0) return;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await ExpireIdleAsync();
    }

    private async Task ExpireIdleAsync()
    {
        var now = time.GetUtcNow();
        if (!(await accounts.IdleSinceAsync(now.AddDays(-settings.IdleDays))).TryGet(out var idle, out _)) return;
        foreach (var account in idle)
        {
            if (account.Used is not null) await authenticator.ExpireAsync(account);
            else await accounts.ChangeAsync(account.Name, known => known with { Used = known.Used ?? now });
        }
    }
}
