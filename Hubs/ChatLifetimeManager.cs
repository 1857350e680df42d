using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Hubs;

internal sealed class ChatLifetimeManager : DefaultHubLifetimeManager<ChatHub>, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, HubReader> _readers = new();
    private readonly Lobby _lobby;
    private readonly Limits _limits;
    private readonly RefusalReporter _refusals;
    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;
    private volatile bool _isStopping;

    public ChatLifetimeManager(
        Lobby lobby, Limits limits, RefusalReporter refusals, TimeProvider time,
        ILogger<DefaultHubLifetimeManager<ChatHub>> logger)
        : base(logger)
    {
        (_lobby, _limits, _refusals, _time) = (lobby, limits, refusals, time);
        _sweeper = time.CreateTimer(_ => CloseIdle(), null, SweepInterval, SweepInterval);
    }

    public int Count => _readers.Count;

    internal IEnumerable<string> ConnectionIds => _readers.Keys;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var reader = new HubReader(connection, _time, _lobby.IsShared);
        connection.Features.Set(reader);
        if (connection.Protocol is RateLimitedHubProtocol protocol)
            protocol.LimitExceeded = () => Close(reader, CloseReason.Flooding);
        _readers[connection.ConnectionId] = reader;
        if (_isStopping) reader.Close(CloseReason.Stopping);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_readers.TryRemove(connection.ConnectionId, out var reader))
        {
            reader.NoteDisconnected();
            if (!_isStopping && reader.Member is { } member) member.Room.Drop(member, reader);
        }
        return base.OnDisconnectedAsync(connection);
    }

    public void CloseAll()
    {
        _isStopping = true;
        foreach (var (_, reader) in _readers) reader.Close(CloseReason.Stopping);
    }

    public void Dispose() => _sweeper.Dispose();

    private void CloseIdle()
    {
        var allowed = TimeSpan.FromSeconds(_limits.JoinSeconds);
        foreach (var (_, reader) in _readers)
            if (reader.IdleTime >= allowed && reader.Closing.IsCompleted) Close(reader, CloseReason.Idle);
    }

    private void Close(HubReader reader, CloseReason reason)
    {
        if (reader.Member is { } member)
        {
            member.Room.Close(member, reader, reason);
            return;
        }
        _refusals.Show(reader.Client, new ConnectionClosed(_time.GetUtcNow(), null, null, reason));
        reader.Close(reason);
    }
}
