using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace RoomChat.Start;

public static class Sockets
{
    /// <summary>Who reads nothing is found out when this is full; left to itself, the kernel would keep megabytes for them.</summary>
    private const int SendBuffer = 128 << 10;

    public static void AddSockets(this WebApplicationBuilder builder)
    {
        // What comes is handled by the thread that finds it. Sockets read this once, from the environment alone.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            sockets.CreateBoundListenSocket = Listen;
        });
        builder.Services.AddOptions<KestrelServerOptions>().Configure<TimeProvider>((kestrel, time) =>
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(serve => Line.Before(serve, time))));
    }

    private static Socket Listen(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SendBufferSize = SendBuffer;     // each connection takes it over
        return socket;
    }
}
