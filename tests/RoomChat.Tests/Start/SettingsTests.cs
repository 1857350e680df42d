using System.Reflection;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using Xunit.v3;

namespace RoomChat.Tests.Start;

public sealed class SettingsTests
{
    /// <summary>Held by the tests of accounts and of the terminal, which do not say so by name yet.</summary>
    private static readonly string[] Unnamed =
    [
        nameof(AccountSettings.Enabled), nameof(AccountSettings.Limit), nameof(AccountSettings.AttemptsPerMinute),
        nameof(AccountSettings.SessionMinutes), nameof(AccountSettings.AccessMinutes), nameof(AccountSettings.RefreshMinutes),
        nameof(KeySettings.Keys), "ShowDirectText",
    ];

    public static TheoryData<string, string> All =>
        [.. from type in typeof(Limits).Assembly.GetTypes()
            where type == typeof(Limits) || type.Name.EndsWith("Settings", StringComparison.Ordinal)
            from setting in type.GetProperties()
            select (type.Name, setting.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void EachSettingHasATestThatFailsWhereItIsNotHeeded(string type, string name)
    {
        var named = from test in GetType().Assembly.GetTypes().SelectMany(tests => tests.GetMethods())
                    where test.GetCustomAttributes().OfType<IFactAttribute>().Any()
                    from trips in test.GetCustomAttributes().OfType<ITrips>()
                    select (trips.Setting.Of.Name, trips.Setting.Name);

        if (!Unnamed.Contains(name)) Assert.Contains((type, name), named);
    }
}
