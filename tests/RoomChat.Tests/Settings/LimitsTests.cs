using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;
using RoomChat.Settings;
using RoomChat.Terminal;

namespace RoomChat.Tests.Settings;

public sealed class LimitsTests
{
    public static TheoryData<string> Limits => [.. typeof(Limits).GetProperties().Select(limit => limit.Name)];

    [Theory]
    [MemberData(nameof(Limits))]
    public void ALimitAcceptsItsDefaultAndTheEndsOfItsRangeAndRefusesValuesBeyond(string name)
    {
        var limit = typeof(Limits).GetProperty(name)!;
        var range = limit.GetCustomAttribute<RangeAttribute>()!;
        BigInteger lowest = Whole(range.Minimum), highest = BigInteger.Min(Whole(range.Maximum), long.MaxValue);

        Assert.True(range.IsValid(limit.GetValue(new Limits())));
        Assert.True(lowest >= 0);
        Assert.Null(Refusal(name, lowest));
        Assert.Null(Refusal(name, highest));
        Assert.Contains($"RoomChat:Limits:{name}", Refusal(name, lowest - 1), StringComparison.Ordinal);
        Assert.Contains($"RoomChat:Limits:{name}", Refusal(name, highest + 1), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSettingsFileSpellsOutEveryLimitWithItsDefault()
    {
        var file = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .Build();

        Assert.Equivalent(
            typeof(Limits)
                .GetProperties()
                .ToDictionary(limit => limit.Name, limit => $"{limit.GetValue(new Limits())}"),
            file.GetSection("RoomChat:Limits").GetChildren().ToDictionary(limit => limit.Key, limit => limit.Value),
            strict: true);
    }

    private static BigInteger Whole(object end) => new(Convert.ToDecimal(end, CultureInfo.InvariantCulture));

    /// <summary>The error that this value causes at startup.</summary>
    private static string? Refusal(string name, BigInteger value)
    {
        var services = new ServiceCollection();
        services.AddSettings();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new($"RoomChat:Limits:{name}", $"{value}")]).Build());
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return null;
        }
        catch (Exception exception) when (StartupError.Explain(exception) is { } sentence)
        {
            return sentence;
        }
    }
}
