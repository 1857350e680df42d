using RoomChat.Bench.Networking;
using RoomChat.Bench.Protocols;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Workloads;

/// <summary>Runs the clients of one workload against a server on the calling thread.</summary>
internal sealed class LoadDriver : IDisposable
{
    private const long Second = 1_000_000_000;
    private const long JoinTimeout = 60 * Second, DeliveryTimeout = 12 * Second, UnexpectedDeliveryWait = Second / 5;
    private const long KeepAliveInterval = 10 * Second, SampleInterval = Second / 4;
    private const long QuietInterval = Second / 10, QuietTimeout = 5 * Second;
    private const double QuietCpuSeconds = 0.01;
    private const int MaxConcurrentJoins = 64;

    private readonly ServerInstance _server;
    private readonly EventLoop _loop = new();
    private readonly DeliveryTracker _tracker = new();
    private readonly Protocol _protocol;
    private readonly List<WebSocketClient> _clients = [];
    private MessageWriter? _messageWriter;
    private long _lastKeepAliveCheck, _lastSample;
    private string? _failure;

    public LoadDriver(ServerInstance server)
    {
        _server = server;
        _protocol = server.CreateProtocol(_tracker);
        _protocol.MessageDelivered = OnMessageDelivered;
        Meter = new LoadMeter(server, _tracker);
        server.WaitUntilListening();
    }

    public LoadMeter Meter { get; }
    public IReadOnlyList<WebSocketClient> Clients => _clients;
    public long Now => _loop.Now;

    public Action<WebSocketClient>? OwnMessageReceived { get; set; }

    public Action<TrackedMember, MessageHeader>? Delivered { get; set; }

    /// <summary>Called four times a second.</summary>
    public Action? Sample { get; set; }

    public IReadOnlyList<WebSocketClient> AddClients(
        int rooms, int members, int textSize = 60, bool lastIsStalled = false)
    {
        var before = _clients.Count;
        _messageWriter = new MessageWriter(_protocol, textSize);
        _tracker.AddRooms(rooms, members);
        _tracker.Members[^1].IsStalled = lastIsStalled;
        if (_protocol.RequiresRoomCreation)
        {
            var roomCreator = CreateClient(null);
            roomCreator.Connect();
            RunUntil(() => roomCreator.State == ClientState.Joined, "creating rooms");
            roomCreator.Close(); // RoomChat closes a connection that does not join within a minute
        }
        foreach (var member in _tracker.Members.Skip(before)) _clients.Add(CreateClient(member));
        return _clients[before..];
    }

    public void JoinAll(Action<WebSocketClient>? onJoined = null)
    {
        var (started, joined) = (0, 0);
        void StartNext()
        {
            if (started < _clients.Count) _clients[started++].Connect();
        }
        foreach (var client in _clients)
            client.Joined = _ =>
            {
                joined++;
                onJoined?.Invoke(client);
                StartNext();
            };
        while (started < Math.Min(MaxConcurrentJoins, _clients.Count)) StartNext();
        RunUntil(() => joined == _clients.Count, "joining");
    }

    public void Send(WebSocketClient client, long? scheduledAt = null)
    {
        var member = client.Member!;
        var header = new MessageHeader(member.Id, member.SentMessages++, scheduledAt ?? _loop.UpdateNow());
        client.Send(_messageWriter!.Write(client, header));
    }

    /// <summary>Lets a workload without messages check that every member of a room receives one.</summary>
    public void SendOneMessagePerRoom()
    {
        foreach (var room in _tracker.Rooms) Send(_clients[room.Members[0].Id]);
    }

    public void RunUntil(long end)
    {
        while (Now < end) Poll(end - Now);
    }

    public void RunSchedule(SendSchedule schedule, long end)
    {
        while (Now < end)
        {
            for (; schedule.NextTime <= Now && schedule.NextTime < end; schedule.Advance())
                Send(_clients[schedule.NextSender], schedule.NextTime);
            Poll(Math.Min(schedule.NextTime, end) - _loop.UpdateNow());
        }
    }

    /// <summary>Waits for late messages, which count however late they are.</summary>
    public void RunUntilDelivered()
    {
        var (expected, lastDeliveries, lastProgress) = (_tracker.ExpectedDeliveries, -1L, Now);
        while (_tracker.Deliveries < expected && Now - lastProgress < DeliveryTimeout)
        {
            Poll(Second / 20);
            if (_tracker.Deliveries != lastDeliveries) (lastDeliveries, lastProgress) = (_tracker.Deliveries, Now);
        }
    }

    public CheckResult CheckDeliveries()
    {
        RunUntilDelivered();
        RunUntil(Now + UnexpectedDeliveryWait);
        return _tracker.Check(_protocol.GuaranteesTotalOrder, _protocol.AcknowledgesMessages);
    }

    public void Leave(WebSocketClient client) => client.Send(_protocol.LeaveMessage);

    /// <summary>Ends all connections, and waits until the server has dealt with it.</summary>
    public void LeaveAll()
    {
        if (_protocol.LeaveMessage.Length > 0)
        {
            foreach (var client in _clients) Leave(client);
            RunUntilServerIsQuiet();
        }
        foreach (var client in _loop.Clients) client.Close();
        RunUntilServerIsQuiet();
    }

    public void Dispose() => _loop.Dispose();

    private void RunUntilServerIsQuiet()
    {
        var timeout = Now + QuietTimeout;
        for (var before = -1.0; Now < timeout && _server.CpuSeconds - before > QuietCpuSeconds;)
        {
            before = _server.CpuSeconds;
            RunUntil(Now + QuietInterval);
        }
    }

    private void RunUntil(Func<bool> condition, string activity)
    {
        for (var timeout = _loop.UpdateNow() + JoinTimeout; !condition(); Poll(Second / 20))
            if (Now > timeout) throw new RunFailedException($"{activity} took too long");
    }

    private void Poll(long nanoseconds)
    {
        _loop.Poll(Math.Min(nanoseconds, Second / 10));
        _server.ThrowIfStopped();
        if (_failure is not null) throw new RunFailedException(_failure);
        if (Now - _lastSample >= SampleInterval)
        {
            _lastSample = Now;
            Sample?.Invoke();
        }
        SendKeepAlives();
    }

    private void SendKeepAlives()
    {
        if (_protocol.KeepAliveMessage.Length == 0 || Now - _lastKeepAliveCheck < Second) return;
        _lastKeepAliveCheck = Now;
        foreach (var client in _loop.Clients)
            if (client.State == ClientState.Joined && Now - client.LastSentAt > KeepAliveInterval)
                client.Send(_protocol.KeepAliveMessage);
    }

    private WebSocketClient CreateClient(TrackedMember? member) => new(_loop, _protocol, _server.PortOf(member), member)
    {
        Failed = (_, reason) =>
        {
            if (member is not { IsStalled: true }) _failure ??= $"{member?.Name ?? "room creator"}: {reason}";
        },
    };

    private void OnMessageDelivered(WebSocketClient receiver, MessageHeader header)
    {
        var member = receiver.Member!;
        Meter.RecordDelivery(header, member, Now);
        Delivered?.Invoke(member, header);
        if (header.SenderId == member.Id) OwnMessageReceived?.Invoke(receiver);
    }
}
