using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using RoomChat.Rooms;

namespace RoomChat.Hubs;

/// <summary>Sees every connection begin and end, so that rooms can write to them directly.</summary>
internal sealed class ChatConnections : DefaultHubLifetimeManager<ChatHub>, IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, HubReader> _readers = new();
    private readonly Limits _limits;
    private readonly Feed _feed;
    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;
    private volatile bool _stopping;

    public ChatConnections(Limits limits, Feed feed, TimeProvider time, ILogger<DefaultHubLifetimeManager<ChatHub>> logger) : base(logger)
    {
        (_limits, _feed, _time) = (limits, feed, time);
        _sweeper = time.CreateTimer(_ => Sweep(), null, SweepEvery, SweepEvery);
    }

    public int Count => _readers.Count;

    internal IEnumerable<string> Ids => _readers.Keys;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var reader = new HubReader(connection, _time);
        connection.Features.Set(reader);
        if (connection.Protocol is Rationed protocol) protocol.Flooded = () => CutOff(reader, Parting.Flooding);
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

    public void Dispose() => _sweeper.Dispose();

    /// <summary>Lets go of those that came and joined no room.</summary>
    private void Sweep()
    {
        var patience = TimeSpan.FromSeconds(_limits.JoinSeconds);
        foreach (var (_, reader) in _readers)
            if (reader.Idle >= patience && reader.Closing.IsCompleted) CutOff(reader, Parting.Idle);
    }

    private void CutOff(HubReader reader, Parting why)
    {
        if (reader.Member is { } member)
        {
            member.Room.CutOff(member, reader, why);
            return;
        }
        _feed.Publish(new CutOff(_time.GetUtcNow(), null, null, why));
        reader.Close(why);
    }
}
