using System.Globalization;

namespace RoomChat.Tests.Support;

internal static class TestSeed
{
    /// <summary>A new seed, or the one that ROOMCHAT_SEED gives to run a failure again. The test's output names it.</summary>
    public static int Next()
    {
        var given = Environment.GetEnvironmentVariable("ROOMCHAT_SEED");
        var seed = given is null ? Environment.TickCount : int.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper!.WriteLine($"ROOMCHAT_SEED={seed}");
        return seed;
    }
}
