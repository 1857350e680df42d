using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace RoomChat.Transport;

public static class TransportSetup
{
    /// <summary>A full buffer reveals a stalled reader; the kernel's default holds megabytes.</summary>
    private const int SendBufferSize = 128 << 10;

    /// <summary>On an only processor, rounds carry more than with one; with four, they only take turns.</summary>
    private const int MinThreads = 2;

    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public static void AddTransport(this WebApplicationBuilder builder)
    {
        // Received data is handled on the thread that received it. Nothing may block there, as reading the keys of
        // cookies from Redis does. Read once by System.Net.
        if (string.IsNullOrEmpty(builder.Configuration["RoomChat:Redis"])
            && Environment.GetEnvironmentVariable(InlineCompletions) is null)
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
        ThreadPool.GetMinThreads(out var threads, out var completionThreads);
        if (threads < MinThreads) ThreadPool.SetMinThreads(MinThreads, completionThreads);
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            sockets.CreateBoundListenSocket = Listen;
        });
        builder.Services.ClearReturnedBlocks();
    }

    public static void UseWebSocketTransport(this IConnectionBuilder connections)
    {
        var time = connections.ApplicationServices.GetRequiredService<TimeProvider>();
        connections.Use(next => async connection =>
        {
            var reader = new FairPipeReader(connection.Transport, time);
            connection.Transport = reader;
            var upgrade = new ConnectionUpgrade(connection, reader);
            await next(connection);
            await upgrade.EndRequest();
        });
    }

    private static void ClearReturnedBlocks(this IServiceCollection services)
    {
        var kestrels = services.Last(service => service.ServiceType == typeof(IMemoryPoolFactory<byte>));
        services.AddSingleton<IMemoryPoolFactory<byte>>(provider =>
            new ClearingMemoryPool.Factory((IMemoryPoolFactory<byte>)kestrels.ImplementationFactory!(provider)));
    }

    private static Socket Listen(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SendBufferSize = SendBufferSize;     // inherited by accepted sockets
        return socket;
    }
}
