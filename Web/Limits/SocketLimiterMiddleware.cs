using System.Net;
using Microsoft.AspNetCore.Connections;
using RoomChat.Rooms;

namespace RoomChat.Web;

public static class SocketLimiterMiddleware
{
    public static void UseSocketLimiter(this IConnectionBuilder connections)
    {
        var services = connections.ApplicationServices;
        var limiter = services.GetRequiredService<SocketLimiter>();
        var refusals = services.GetRequiredService<RefusalReporter>();
        var proxies = services.GetRequiredService<NetworkSettings>().TrustedNetworks;
        connections.Use(next => async connection =>
        {
            var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            if (address?.IsIPv4MappedToIPv6 == true) address = address.MapToIPv4();
            var isProxy = address is null || proxies.Any(network => network.Contains(address));
            var socket = new LimitedSocket(connection, isProxy ? null : ClientNetwork.Of(address!));
            if (!limiter.TryAdd(socket, out var dropped))
            {
                refusals.Report(address ?? IPAddress.None, Reason.ServerFull);
                connection.Abort();
                return;
            }
            dropped?.Drop();
            connection.Features.Set(socket);
            try
            {
                await next(connection);
            }
            finally
            {
                limiter.Remove(socket);
            }
        });
    }

    public static void UseSocketTracking(this IApplicationBuilder app)
    {
        var limiter = app.ApplicationServices.GetRequiredService<SocketLimiter>();
        app.Use(next => async context =>
        {
            if (context.Features.Get<LimitedSocket>() is not { } socket)
            {
                await next(context);
                return;
            }
            limiter.BeginRequest(socket);
            try
            {
                await next(context);
            }
            finally
            {
                if (!context.IsUpgraded()) limiter.EndRequest(socket);
            }
        });
    }
}
