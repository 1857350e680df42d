using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace RoomChat.Start;

public static class Sockets
{
    /// <summary>Who reads nothing is found out when this is full; left to itself, the kernel would keep megabytes for them.</summary>
    private const int SendBuffer = 128 << 10;

    public static void AddSockets(this WebApplicationBuilder builder) => builder.Services.Configure<SocketTransportOptions>(sockets =>
    {
        sockets.UnsafePreferInlineScheduling = true;    // what is read is handled where it is read
        sockets.CreateBoundListenSocket = Listen;
    });

    private static Socket Listen(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SendBufferSize = SendBuffer;     // each connection takes it over
        return socket;
    }
}
