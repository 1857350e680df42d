using System.Globalization;
using RoomChat.Rooms;

namespace RoomChat.Redis;

/// <summary>What servers tell each other of a member, but do not keep.</summary>
/// <param name="Seen">Null if the member types, or no longer tells.</param>
internal sealed record PresenceNotice(string Server, string SeatHash, bool IsTyping, long? Seen = null)
{
    private const string Typing = "typing";

    public static PresenceNotice OfTyping(string server, Member member) => new(server, member.SeatHash, IsTyping: true);

    public static PresenceNotice OfSeen(string server, Member member, long? seq) =>
        new(server, member.SeatHash, IsTyping: false, seq);

    /// <summary>Null if no server says so.</summary>
    public static PresenceNotice? Parse(string text) => text.Split(' ') switch
    {
        [var server, var seatHash, Typing] => new(server, seatHash, IsTyping: true),
        [var server, var seatHash, var number]
            when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) =>
            new(server, seatHash, IsTyping: false, seq > 0 ? seq : null),
        _ => null,
    };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Server} {SeatHash} {(IsTyping ? Typing : $"{Seen ?? 0}")}");
}
