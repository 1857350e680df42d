using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>
/// By address and by seat. What is sent again is known only once it is sent, so whoever has been sent too much waits
/// until that is made up for.
/// </summary>
internal sealed class ResendLimiter(TimeProvider time, int bytesPerMinute)
{
    private const int SeatsPerAddress = 16;

    private readonly ClientRateLimiter _addresses = new(time, bytesPerMinute);
    private readonly KeyedRateLimiter<string> _seats = new(time, bytesPerMinute / SeatsPerAddress);

    public Refusal? TryTake(IPAddress client, string? seat) =>
        (seat is null ? null : _seats.TryTake(seat)) ?? _addresses.TryTake(client);

    public void Charge(IPAddress client, string seat, long bytes)
    {
        if (bytes == 0) return;
        _seats.Charge(seat, bytes);
        _addresses.Charge(client, bytes);
    }
}
