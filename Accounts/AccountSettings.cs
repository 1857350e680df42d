using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace RoomChat.Accounts;

public sealed class AccountSettings
{
    [Description("whether people can sign up")]
    public bool Enabled { get; init; } = true;

    [Description("accounts in all")]
    [Range(0, int.MaxValue)] public int Limit { get; init; } = 10_000;

    [Description("days without a visit after which an account is deleted")]
    [Range(0, 36_500)] public int IdleDays { get; init; } = 30;

    [Description("sign-ins to one account from an address")]
    [Range(0, int.MaxValue)] public int AttemptsPerMinute { get; init; } = 10;

    [Description("accounts that an address may create")]
    [Range(0, int.MaxValue)] public int SignUpsPerMinute { get; init; } = 10;

    [Description("sign-ins from an address")]
    [Range(0, int.MaxValue)] public int SignInsPerMinute { get; init; } = 60;

    [Description("how long a browser stays signed in without a visit")]
    [Range(1, 525_600)] public int SessionMinutes { get; init; } = 60;

    [Description("days after which anybody has to sign in again")]
    [Range(0, 36_500)] public int SessionDays { get; init; } = 30;

    [Description("how long a program's access token is valid")]
    [Range(1, 525_600)] public int AccessMinutes { get; init; } = 15;

    [Description("how long a program's refresh token is valid")]
    [Range(1, 525_600)] public int RefreshMinutes { get; init; } = 1_440;
}
