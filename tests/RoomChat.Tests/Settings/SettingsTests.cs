using System.Reflection;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using Xunit.v3;

namespace RoomChat.Tests.Settings;

public sealed class SettingsTests
{
    public static TheoryData<string, string> All =>
        [.. from type in typeof(Limits).Assembly.GetTypes()
            where type == typeof(Limits) || type.Name.EndsWith("Settings", StringComparison.Ordinal)
            from setting in type.GetProperties()
            select (type.Name, setting.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void EverySettingHasATestThatFailsIfTheSettingIsIgnored(string type, string name)
    {
        var named = from test in GetType().Assembly.GetTypes().SelectMany(tests => tests.GetMethods())
                    where test.GetCustomAttributes().OfType<IFactAttribute>().Any()
                    from covers in test.GetCustomAttributes().OfType<ICoversSetting>()
                    select (covers.Setting.Of.Name, covers.Setting.Name);

        Assert.Contains((type, name), named);
    }
}
