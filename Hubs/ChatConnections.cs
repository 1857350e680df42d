using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using RoomChat.Rooms;

namespace RoomChat.Hubs;

/// <summary>Sees every connection begin and end, so that rooms can write to them directly.</summary>
internal sealed class ChatConnections(TimeProvider time, ILogger<DefaultHubLifetimeManager<ChatHub>> logger)
    : DefaultHubLifetimeManager<ChatHub>(logger)
{
    private readonly ConcurrentDictionary<string, HubReader> _readers = new();
    private volatile bool _stopping;

    public int Count => _readers.Count;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var reader = new HubReader(connection, time);
        connection.Features.Set(reader);
        _readers[connection.ConnectionId] = reader;
        if (_stopping) reader.Close(Parting.Stopping);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_readers.TryRemove(connection.ConnectionId, out var reader))
        {
            reader.Ended();
            if (!_stopping && reader.Member is { } member) member.Room.Drop(member, reader);
        }
        return base.OnDisconnectedAsync(connection);
    }

    public void CloseAll()
    {
        _stopping = true;
        foreach (var (_, reader) in _readers) reader.Close(Parting.Stopping);
    }
}
