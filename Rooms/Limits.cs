using System.ComponentModel.DataAnnotations;

namespace RoomChat.Rooms;

/// <summary>The section RoomChat:Limits. 0 means "no limit" where the range begins there.</summary>
public sealed class Limits
{
    [Range(0, int.MaxValue)] public int Rooms { get; init; } = 10_000;
    [Range(0, int.MaxValue)] public int MembersPerRoom { get; init; } = 1_000;

    /// <summary>Messages a newcomer is shown, with the notices between.</summary>
    [Range(1, 100_000)] public int History { get; init; } = 200;

    [Range(1, 86_400)] public int ReplaySeconds { get; init; } = 60;
    [Range(1 << 20, int.MaxValue)] public int ReplayBytes { get; init; } = 4 << 20;

    [Range(typeof(long), "1048576", "9223372036854775807")] public long TotalBytes { get; init; } = 512L << 20;

    /// <summary>In Unicode code points.</summary>
    [Range(1, 100)] public int NameLength { get; init; } = 20;
    [Range(1, 32_768)] public int MessageLength { get; init; } = 500;

    [Range(0, int.MaxValue)] public int MessagesPerSecond { get; init; } = 5;
    [Range(1, int.MaxValue)] public int MessageBurst { get; init; } = 20;

    /// <summary>Per address; an IPv6 /64 counts as one address.</summary>
    [Range(0, int.MaxValue)] public int RoomsPerMinute { get; init; } = 30;
    [Range(0, int.MaxValue)] public int JoinsPerMinute { get; init; } = 60;

    /// <summary>Distinct codes without a room that an address may try before it has to wait.</summary>
    [Range(0, int.MaxValue)] public int GuessesPerMinute { get; init; } = 10;

    /// <summary>Per address and in total; twice as many sockets are accepted.</summary>
    [Range(0, int.MaxValue)] public int ConnectionsPerAddress { get; init; } = 200;
    [Range(0, int.MaxValue)] public int Connections { get; init; } = 10_000;

    [Range(1, 86_400)] public int JoinSeconds { get; init; } = 60;

    [Range(1, 86_400)] public int SeatSeconds { get; init; } = 30;

    /// <summary>How long a seat waits after its page announced a close or reload.</summary>
    [Range(1, 86_400)] public int AwaySeconds { get; init; } = 5;

    /// <summary>How long the right of an owner who has dropped waits.</summary>
    [Range(1, 86_400)] public int OwnerSeconds { get; init; } = 300;

    /// <summary>How long its author can change a message or take it back.</summary>
    [Range(1, 86_400)] public int EditSeconds { get; init; } = 900;

    [Range(1, 86_400)] public int EmptyRoomSeconds { get; init; } = 300;

    [Range(1, 3_600)] public int SlowMemberSeconds { get; init; } = 10;
}
