namespace RoomChat.Tests.Support;

/// <summary>
/// In the tests everybody comes from one address: what is counted by address is off, except where a test is about it.
/// </summary>
internal static class OneAddress
{
    public static IEnumerable<(string Key, string Value)> Unlimited =>
    [
        ("Limits:RoomsPerMinute", "0"), ("Limits:JoinsPerMinute", "0"), ("Limits:GuessesPerMinute", "0"),
        ("Limits:ConnectionsPerAddress", "0"),
        ("Accounts:SignUpsPerMinute", "0"), ("Accounts:SignInsPerMinute", "0"),
    ];
}
