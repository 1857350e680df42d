using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace RoomChat.Rooms;

/// <summary>
/// The section RoomChat:Limits. 0 means "no limit" where the range begins there. Characters are Unicode code points,
/// and an IPv6 /64 counts as one address; a /56 may do twice as much, a /48 four times.
/// </summary>
public sealed class Limits
{
    [Description("rooms open at once")]
    [Range(0, int.MaxValue)] public int Rooms { get; init; } = 10_000;

    [Description("members of a room")]
    [Range(0, int.MaxValue)] public int MembersPerRoom { get; init; } = 1_000;

    [Description("messages that a newcomer is shown, with the notices between")]
    [Range(1, 100_000)] public int History { get; init; } = 200;

    [Description("for how long events are kept for those who are behind")]
    [Range(1, 86_400)] public int ReplaySeconds { get; init; } = 60;

    [Description("how much of them a room keeps, in bytes")]
    [Range(1 << 20, int.MaxValue)] public int ReplayBytes { get; init; } = 4 << 20;

    [Description("what all rooms keep together, in bytes")]
    [Range(typeof(long), "1048576", "9223372036854775807")] public long TotalBytes { get; init; } = 512L << 20;

    [Description("characters of a name")]
    [Range(1, 100)] public int NameLength { get; init; } = 20;

    [Description("characters of a message")]
    [Range(1, 32_768)] public int MessageLength { get; init; } = 500;

    [Description("messages that a member may send, on average")]
    [Range(0, int.MaxValue)] public int MessagesPerSecond { get; init; } = 5;

    [Description("messages that a member may send at once")]
    [Range(1, int.MaxValue)] public int MessageBurst { get; init; } = 20;

    [Description("rooms that an address may create")]
    [Range(0, int.MaxValue)] public int RoomsPerMinute { get; init; } = 30;

    [Description("joins from an address")]
    [Range(0, int.MaxValue)] public int JoinsPerMinute { get; init; } = 60;

    [Description("bytes of the history that are sent again to an address; to a seat, a sixteenth")]
    [Range(0, int.MaxValue)] public int ResentBytesPerMinute { get; init; } = 128 << 20;

    [Description("codes without a room that an address may try before it has to wait")]
    [Range(0, int.MaxValue)] public int GuessesPerMinute { get; init; } = 10;

    [Description("connections of an address; twice as many sockets are accepted")]
    [Range(0, int.MaxValue)] public int ConnectionsPerAddress { get; init; } = 200;

    [Description("connections in all")]
    [Range(0, int.MaxValue)] public int Connections { get; init; } = 10_000;

    [Description("how long a connection may wait before it joins a room")]
    [Range(1, 86_400)] public int JoinSeconds { get; init; } = 60;

    [Description("how long the seat of somebody who dropped is kept")]
    [Range(1, 86_400)] public int SeatSeconds { get; init; } = 30;

    [Description("how long the seat of a page that was closed or reloaded is kept")]
    [Range(1, 86_400)] public int AwaySeconds { get; init; } = 5;

    [Description("how long the right of an owner who dropped is kept")]
    [Range(1, 86_400)] public int OwnerSeconds { get; init; } = 300;

    [Description("how long its author can change a message or take it back")]
    [Range(1, 86_400)] public int EditSeconds { get; init; } = 900;

    [Description("how long an empty room stays open")]
    [Range(1, 86_400)] public int EmptyRoomSeconds { get; init; } = 300;

    [Description("how long a member may take to receive before it is disconnected")]
    [Range(1, 3_600)] public int SlowMemberSeconds { get; init; } = 10;
}
