using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using RoomChat.Rooms;

namespace RoomChat.Hubs;

/// <summary>Sees every connection begin and end, so that rooms can write to them directly.</summary>
internal sealed class ChatConnections(TimeProvider time, ILogger<DefaultHubLifetimeManager<ChatHub>> logger)
    : DefaultHubLifetimeManager<ChatHub>(logger)
{
    /// <summary>SignalR tears connections down where they are when the server stops, so those that read get the time to be told.</summary>
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(1.5);

    private readonly ConcurrentDictionary<string, HubReader> _readers = new();
    private volatile bool _stopping;
    private readonly TaskCompletionSource _lastEnded = new();
    private int _requests = 1;      // the one more is until the server stops

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
        if (Interlocked.Decrement(ref _requests) > 0) _lastEnded.Task.Wait(FarewellPatience);
    }

    /// <summary>While its request is under way, a connection's last words may not have left yet.</summary>
    public RequestDelegate Counted(RequestDelegate serve) => async context =>
    {
        Interlocked.Increment(ref _requests);
        try
        {
            await serve(context);
        }
        finally
        {
            if (Interlocked.Decrement(ref _requests) == 0) _lastEnded.TrySetResult();
        }
    };
}
