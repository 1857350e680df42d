using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>The code in braces keeps what belongs to a room on one node of a cluster.</summary>
internal sealed class RoomKeys(Code code, string epoch)
{
    /// <summary>The room, its log, and the channel on which this life of the room says what was appended.</summary>
    public RedisKey[] All { get; } = [.. ToFind(code), $"{{{code}}}:bell:{epoch}"];

    public RedisChannel Bell => RedisChannel.Sharded((string)All[2]!);

    /// <summary>What is not in the log: who types, and how far members have seen.</summary>
    public RedisChannel Presence => RedisChannel.Sharded($"{{{code}}}:presence:{epoch}");

    public static RedisKey[] ToFind(Code code) => [$"{{{code}}}:room", $"{{{code}}}:log"];
}
