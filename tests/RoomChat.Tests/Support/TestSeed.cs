using System.Globalization;

namespace RoomChat.Tests.Support;

internal static class TestSeed
{
    /// <summary>A new seed, which the output names, or that of ROOMCHAT_SEED to run a failure again.</summary>
    public static int Next()
    {
        var given = Environment.GetEnvironmentVariable("ROOMCHAT_SEED");
        var seed = given is null ? Environment.TickCount : int.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper!.WriteLine($"ROOMCHAT_SEED={seed}");
        return seed;
    }
}
