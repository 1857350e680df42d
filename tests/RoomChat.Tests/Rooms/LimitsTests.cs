using System.ComponentModel.DataAnnotations;
using System.Reflection;
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
}
