using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace RoomChat.Start;

public static class Sockets
{
    /// <summary>Who reads nothing is found out when this is full; left to itself, the kernel would keep megabytes for them.</summary>
    private const int SendBuffer = 128 << 10;

    /// <summary>
    /// What arrives is handled by the thread that hears of it, one for each core, and no other is woken: a fifth of what a delivery costs.
    /// Whatever takes long must go elsewhere, as passwords do.
    /// </summary>
    public static void AddSockets(this WebApplicationBuilder builder)
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");    // the runtime takes it from nowhere else
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            sockets.CreateBoundListenSocket = Listen;
        });
    }

    private static Socket Listen(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SendBufferSize = SendBuffer;     // each connection takes it over
        return socket;
    }
}
