using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using RoomChat.Rooms;

namespace RoomChat.Tests.Rooms;

public sealed class LimitsTests
{
    private static readonly PropertyInfo[] All = typeof(Limits).GetProperties();

    public static TheoryData<string> Names => [.. All.Select(limit => limit.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EachLimitHasARangeThatHoldsItsDefault(string name)
    {
        var limit = typeof(Limits).GetProperty(name)!;
        var range = limit.GetCustomAttribute<RangeAttribute>();

        Assert.NotNull(range);
        Assert.True(range.IsValid(limit.GetValue(new Limits())));
        Assert.False(range.IsValid(-1));
    }

    [Fact]
    public void TheSettingsFileHoldsEachLimitWithItsDefault()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "appsettings.json")));
        var written = settings.RootElement.GetProperty("RoomChat").GetProperty("Limits").EnumerateObject()
            .ToDictionary(limit => limit.Name, limit => limit.Value.GetInt64());

        Assert.Equal(All.ToDictionary(limit => limit.Name, limit => Convert.ToInt64(limit.GetValue(new Limits()), CultureInfo.InvariantCulture)), written);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RoomChat.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
