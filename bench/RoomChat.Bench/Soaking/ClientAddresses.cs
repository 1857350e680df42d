using System.Net;

namespace RoomChat.Bench.Soaking;

/// <summary>Each client has an address of its own in 127.0.0.0/8, so that no limit has to be raised for them.</summary>
internal static class ClientAddresses
{
    private const int First = 16 << 16, Count = 200 << 16;

    private static int _given;

    /// <summary>The last three bytes.</summary>
    public static int Next() => First + (int)((uint)Interlocked.Increment(ref _given) % Count);

    public static IPAddress ToAddress(int lastBytes) =>
        new([127, (byte)(lastBytes >> 16), (byte)(lastBytes >> 8), (byte)lastBytes]);
}
