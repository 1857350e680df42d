using System.ComponentModel.DataAnnotations;

namespace RoomChat.Accounts;

public sealed class AccountSettings
{
    public bool Enabled { get; init; } = true;

    [Range(0, int.MaxValue)] public int Limit { get; init; } = 10_000;

    [Range(0, int.MaxValue)] public int AttemptsPerMinute { get; init; } = 10;

    [Range(0, int.MaxValue)] public int SignUpsPerMinute { get; init; } = 10;
    [Range(0, int.MaxValue)] public int SignInsPerMinute { get; init; } = 60;

    [Range(1, 525_600)] public int SessionMinutes { get; init; } = 60;

    [Range(1, 525_600)] public int AccessMinutes { get; init; } = 15;
    [Range(1, 525_600)] public int RefreshMinutes { get; init; } = 1_440;
}
