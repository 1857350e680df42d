using RoomChat.Rooms;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>The code in braces keeps what belongs to a room on one node of a cluster.</summary>
internal sealed class RoomKeys(Code code)
{
    /// <summary>The room, its log, and the channel that says what was appended.</summary>
    public RedisKey[] All { get; } = [$"{{{code}}}:room", $"{{{code}}}:log", $"{{{code}}}:bell"];

    public RedisChannel Bell => RedisChannel.Sharded((string)All[2]!);

    public RedisChannel Typing => RedisChannel.Sharded($"{{{code}}}:typing");
}
