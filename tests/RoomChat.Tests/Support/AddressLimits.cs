namespace RoomChat.Tests.Support;

/// <summary>All clients of the tests share one address, so limits by address are off unless a test sets them.</summary>
internal static class AddressLimits
{
    public static IEnumerable<(string Key, string Value)> Disabled =>
    [
        ("Limits:RoomsPerMinute", "0"), ("Limits:JoinsPerMinute", "0"), ("Limits:GuessesPerMinute", "0"),
        ("Limits:ResentBytesPerMinute", "0"), ("Limits:ConnectionsPerAddress", "0"),
        ("Accounts:SignUpsPerMinute", "0"), ("Accounts:SignInsPerMinute", "0"),
    ];
}
