using System.Security.Cryptography;
using System.Text;

namespace RoomChat.Rooms;

/// <summary>Rooms keep only hashes of seats, so that a copy of the log admits nobody.</summary>
internal static class Seats
{
    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static string Hash(string seat) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(seat)));
}
