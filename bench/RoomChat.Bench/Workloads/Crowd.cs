using RoomChat.Bench.Measurement;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Protocols;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Verification;

namespace RoomChat.Bench.Workloads;

/// <summary>The people of one run, in front of one server.</summary>
internal sealed class Crowd : IDisposable
{
    private const long Second = 1_000_000_000;
    private const long Patience = 60 * Second, QuietWhenAllIsSaid = 12 * Second, KeepAliveEvery = 10 * Second;

    private readonly CancellationToken _stop;
    private readonly EventLoop _loop = new();
    private readonly DeliveryTracker _tracker = new();
    private readonly LatencyHistogram _latency = new();
    private readonly Protocol _protocol;
    private readonly List<WebSocketClient> _clients = [];
    private readonly byte[] _message = new byte[32 << 10];
    private byte[] _text = [];
    private long _from = long.MaxValue, _until = long.MaxValue; // what is due between counts
    private long _lastKeepAlive, _lastLook;
    private string? _broke;

    public Crowd(Server kind, CancellationToken stop)
    {
        _stop = stop;
        _protocol = kind.CreateProtocol(_tracker);
        _protocol.MessageDelivered = Heard;
        Server = ServerInstance.Start(kind, stop);
    }

    public ServerInstance Server { get; }
    public IReadOnlyList<WebSocketClient> Clients => _clients;
    public long Now => _loop.Now;

    /// <summary>Somebody's own message has come back.</summary>
    public Action<WebSocketClient>? CameBack { get; set; }

    /// <summary>Called four times a second.</summary>
    public Action? Look { get; set; }

    /// <summary>Who will be there, and what they will say; the rooms are made where the server wants that.</summary>
    public void Gather(int rooms, int members, int size = 60, bool lastNeverReads = false)
    {
        _text = MessageHeader.CreateText(size);
        _protocol.ExpectedBody = System.Text.Encoding.ASCII.GetString(_text.AsSpan(MessageHeader.Length));
        _tracker.AddRooms(rooms, members);
        _tracker.Members[^1].NeverReads = lastNeverReads;
        if (_protocol.CreatesRooms)
        {
            var maker = NewClient(null);
            maker.Connect();
            Await(() => maker.State == ClientState.Joined, "making rooms");
        }
        foreach (var member in _tracker.Members) _clients.Add(NewClient(member));
    }

    public void Join(Action<WebSocketClient>? joined = null)
    {
        const int atOnce = 64;
        var (begun, there) = (0, 0);
        void Begin()
        {
            if (begun < _clients.Count) _clients[begun++].Connect();
        }
        foreach (var client in _clients)
            client.Joined = _ =>
            {
                there++;
                joined?.Invoke(client);
                Begin();
            };
        while (begun < Math.Min(atOnce, _clients.Count)) Begin();
        Await(() => there == _clients.Count, "joining");
    }

    public void Send(WebSocketClient client, long? due = null)
    {
        var member = client.Member!;
        new MessageHeader(member.Id, member.SentMessages++, due ?? _loop.UpdateNow()).WriteTo(_text);
        var message = _message.AsSpan();
        client.MessagePrefix.CopyTo(message);
        _text.CopyTo(message[client.MessagePrefix.Length..]);
        _protocol.MessageSuffix.CopyTo(message[(client.MessagePrefix.Length + _text.Length)..]);
        client.Send(message[..(client.MessagePrefix.Length + _text.Length + _protocol.MessageSuffix.Length)]);
    }

    /// <summary>One of each room says a word, so that this is checked where little else is said.</summary>
    public void CallTheRoll()
    {
        foreach (var room in _tracker.Rooms) Send(_clients[room.Members[0].Id]);
    }

    public void WaitUntil(long end)
    {
        while (Now < end) Turn(end - Now);
    }

    public void Drive(Schedule schedule, long end)
    {
        while (Now < end)
        {
            for (; schedule.Due <= Now && schedule.Due < end; schedule.Next()) Send(_clients[schedule.Sender], schedule.Due);
            Turn(Math.Min(schedule.Due, end) - _loop.UpdateNow());
        }
    }

    /// <summary>Drives up to a time to warm up, then up to another to measure what it costs.</summary>
    public Figures Measure(double warmUp, double seconds, Action<long> drive)
    {
        drive(_loop.UpdateNow() + (long)(warmUp * Second));
        var (cpu, own, before) = (Server.CpuSeconds, Environment.CpuUsage.TotalTime.TotalSeconds, _tracker.Deliveries);
        _from = _loop.UpdateNow();
        drive(_from + (long)(seconds * Second));
        _until = _loop.UpdateNow();
        (cpu, own, seconds) = (Server.CpuSeconds - cpu, Environment.CpuUsage.TotalTime.TotalSeconds - own, (_until - _from) / 1e9);
        var delivered = _tracker.Deliveries - before;
        return new Figures { Cost = cpu * 1e6 / Math.Max(1, delivered), PerSecond = delivered / seconds, DriverShare = own / seconds };
    }

    /// <summary>Waits for what is still on its way, and for what should not come. A message that is late counts however late it is.</summary>
    public Figures Finish(Figures figures)
    {
        var (owed, before, since) = (_tracker.ExpectedDeliveries, -1L, Now);
        while (_tracker.Deliveries < owed && Now - since < QuietWhenAllIsSaid)
        {
            Turn(Second / 20);
            if (_tracker.Deliveries != before) (before, since) = (_tracker.Deliveries, Now);
        }
        WaitUntil(Now + Second / 5);
        return figures with
        {
            P50 = figures.P50 ?? _latency.QuantileMilliseconds(0.50),
            P99 = figures.P99 ?? _latency.QuantileMilliseconds(0.99),
            Check = _tracker.Check(_protocol.GuaranteesTotalOrder, _protocol.AcknowledgesMessages),
        };
    }

    public void Dispose()
    {
        _loop.Dispose();
        Server.Dispose();
    }

    private void Turn(long nanos)
    {
        _loop.Poll(Math.Min(nanos, Second / 10));
        _stop.ThrowIfCancellationRequested();
        if (_broke is not null) throw new RunFailed(_broke);
        if (Now - _lastLook >= Second / 4)
        {
            _lastLook = Now;
            Look?.Invoke();
        }
        if (_protocol.KeepAliveMessage.Length == 0 || Now - _lastKeepAlive < Second) return;
        _lastKeepAlive = Now;
        foreach (var client in _loop.Clients)
            if (client.State == ClientState.Joined && Now - client.LastSentAt > KeepAliveEvery) client.Send(_protocol.KeepAliveMessage);
    }

    private void Await(Func<bool> there, string what)
    {
        for (var limit = _loop.UpdateNow() + Patience; !there(); Turn(Second / 20))
            if (Now > limit) throw new RunFailed($"{what} took too long");
    }

    private WebSocketClient NewClient(TrackedMember? member) => new(_loop, _protocol, Server.Port, member)
    {
        Failed = (client, why) =>
        {
            if (member is not { NeverReads: true }) _broke ??= $"{member?.Name ?? "the maker of rooms"}: {why}";
        },
    };

    private void Heard(WebSocketClient client, MessageHeader header)
    {
        if (header.ScheduledAt >= _from && header.ScheduledAt < _until) _latency.Add(Now - header.ScheduledAt);
        if (header.SenderId == client.Member!.Id) CameBack?.Invoke(client);
    }
}
