using RoomChat.Bench.Measurement;
using RoomChat.Bench.Networking;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Verification;
using RoomChat.Bench.Workloads;

namespace RoomChat.Bench.Soaking;

/// <summary>Rooms that talk as long as the soak lasts, half of them behind the proxy; on the calling thread.</summary>
internal sealed class TalkLoad : IDisposable
{
    private const long Second = 1_000_000_000;
    private const int Rooms = 40, MembersPerRoom = 10, LoudRooms = 2, MembersPerLoudRoom = 8;
    private const int TextSize = 60, LoudTextSize = 450;
    private const double MessagesPerSecond = 280, LoudMessagesPerSecond = 40, AmendmentsPerSecond = 10;
    private const long JoinTimeout = 60 * Second, DeliveryTimeout = 12 * Second;
    private const long FirstReturn = Second / 5, LastReturn = 3 * Second / 2, UntilResend = Second / 2;

    private readonly ServerInstance _server;
    private readonly EventLoop _loop = new();
    private readonly DeliveryTracker _tracker = new();
    private readonly ResumingProtocol _protocol;
    private readonly List<Talker> _talkers = [];
    private readonly PriorityQueue<Talker, long> _returns = new(), _resends = new();
    private readonly Random _random = new(1);
    private readonly int? _proxyPort;
    private readonly SendSchedule _talk, _loudTalk, _amendments;
    private long _outageStart = long.MaxValue, _outageEnd = long.MaxValue;

    public TalkLoad(ServerInstance server, int? proxyPort)
    {
        (_server, _proxyPort) = (server, proxyPort);
        _protocol = new ResumingProtocol(_tracker)
        {
            MessageDelivered = OnMessageDelivered,
            Refused = talker => _resends.Enqueue(talker, Now + UntilResend),
        };
        server.WaitUntilListening();
        AddRooms(Rooms, Rooms * MembersPerRoom, TextSize);
        LoudStart = _talkers.Count;
        AddRooms(LoudRooms, LoudRooms * MembersPerLoudRoom, LoudTextSize);
        JoinAll();
        _talk = new SendSchedule(Now, LoudStart, MessagesPerSecond, randomOffsets: true);
        _loudTalk = new SendSchedule(Now, _talkers.Count - LoudStart, LoudMessagesPerSecond, randomOffsets: true);
        _amendments = new SendSchedule(Now, LoudStart, AmendmentsPerSecond, randomOffsets: true);
    }

    public long Now => _loop.Now;
    public LatencyHistogram Direct { get; private set; } = new();
    public LatencyHistogram Proxied { get; private set; } = new();
    public List<double> OutageSeconds { get; } = [];
    public long Messages => _tracker.Members.Sum(member => (long)member.SentMessages);
    public long Deliveries => _tracker.Deliveries;
    public int RefusedAmendments => _protocol.RefusedAmendments;
    public int UnexpectedDisconnects { get; private set; }
    public string? FirstUnexpected { get; private set; }
    public IReadOnlyList<string> QuietCodes => [.. _tracker.Rooms.Take(Rooms).Select(room => room.Code)];
    public IReadOnlyList<string> LoudCodes => [.. _tracker.Rooms.Skip(Rooms).Select(room => room.Code)];

    private int LoudStart { get; }

    private bool IsOutage => _outageStart <= Now && _outageEnd == long.MaxValue;

    public void RunUntil(long end)
    {
        while (_loop.UpdateNow() < end)
        {
            Poll(Math.Min(end, Math.Min(_talk.NextTime, _loudTalk.NextTime)));
            for (; _talk.NextTime <= Now; _talk.Advance()) _talkers[_talk.NextSender].Say(_talk.NextTime);
            for (; _loudTalk.NextTime <= Now; _loudTalk.Advance())
                _talkers[LoudStart + _loudTalk.NextSender].Say(_loudTalk.NextTime);
            for (; _amendments.NextTime <= Now; _amendments.Advance()) Amend(_talkers[_amendments.NextSender]);
        }
    }

    /// <summary>What is said from now on until all have returned does not count as the proxy's latency.</summary>
    public void BeginOutage()
    {
        if (!IsOutage) (_outageStart, _outageEnd) = (Now, long.MaxValue);
    }

    public void StartInterval() => (Direct, Proxied) = (new(), new());

    public CheckResult Check()
    {
        for (var lastProgress = _loop.UpdateNow(); Now - lastProgress < DeliveryTimeout;)
        {
            if (_tracker.Deliveries == _tracker.ExpectedDeliveries) break;
            var before = _tracker.Deliveries;
            Poll(Now + Second / 5);
            if (_tracker.Deliveries > before) lastProgress = Now;
        }
        var end = Now + Second;
        while (Now < end) Poll(end);    // for what comes twice, and acknowledgements
        return _tracker.Check(requiresTotalOrder: true, requiresAcknowledgements: true);
    }

    public void Dispose() => _loop.Dispose();

    private void AddRooms(int rooms, int members, int textSize)
    {
        var before = _talkers.Count;
        _tracker.AddRooms(rooms, members);
        CreateRooms();
        foreach (var member in _tracker.Members.Skip(before))
        {
            var isProxied = _proxyPort is not null && (member.Id - before) % rooms % 2 == 1;
            var client = CreateClient(isProxied ? _proxyPort!.Value : _server.PortOf(null), member);
            var talker = new Talker(member, isProxied, textSize) { Client = client };
            client.Failed = (_, reason) => OnFailed(talker, reason);
            client.Joined = _ => OnJoined();
            _talkers.Add(talker);
            _protocol.Talkers.Add(member, talker);
        }
    }

    /// <summary>By as many addresses as it takes.</summary>
    private void CreateRooms()
    {
        while (_tracker.Rooms[^1].Code.StartsWith("room", StringComparison.Ordinal))
        {
            var creator = CreateClient(_server.PortOf(null), null);
            creator.Failed = (_, _) => { };
            creator.Connect();
            RunUntil(() => creator.State is ClientState.Joined or ClientState.Closed, "creating rooms");
            creator.Close();
        }
    }

    private WebSocketClient CreateClient(int port, TrackedMember? member) =>
        new(_loop, _protocol, port, member) { From = ClientAddresses.Next() };

    private void JoinAll()
    {
        foreach (var talker in _talkers)
        {
            talker.Client.Connect();
            RunUntil(() => talker.Client.State == ClientState.Joined, "joining");
        }
    }

    private void RunUntil(Func<bool> condition, string activity)
    {
        for (var timeout = _loop.UpdateNow() + JoinTimeout; !condition(); Poll(Now + Second / 20))
            if (Now > timeout) throw new RunFailedException($"{activity} took too long");
    }

    private void Poll(long until)
    {
        _loop.Poll(Math.Min(until - _loop.UpdateNow(), Second / 20));
        _server.ThrowIfStopped();
        while (_returns.TryPeek(out var talker, out var at) && at <= Now)
        {
            _returns.Dequeue();
            talker.Client.Connect();
        }
        while (_resends.TryPeek(out var talker, out var at) && at <= Now) _resends.Dequeue().SendNext();
    }

    private void OnFailed(Talker talker, string reason)
    {
        if (!talker.IsProxied || !IsOutage)
        {
            UnexpectedDisconnects++;
            FirstUnexpected ??= $"{talker.Member.Name}: {reason}";
        }
        _returns.Enqueue(talker, Now + _random.NextInt64(FirstReturn, LastReturn));
    }

    private void OnJoined()
    {
        if (!IsOutage || _returns.Count > 0) return;
        if (_talkers.Exists(talker => talker.Client.State != ClientState.Joined)) return;
        _outageEnd = Now;
        OutageSeconds.Add((_outageEnd - _outageStart) / 1e9);
    }

    private void Amend(Talker talker)
    {
        var room = talker.Member.Room.Members;
        var other = _protocol.Talkers[room[_random.Next(room.Count)]];
        switch (_random.Next(4))
        {
            case 0: talker.EditLast(); break;
            case 1: talker.Type(); break;
            default: talker.ReactTo(other, on: _random.Next(3) > 0); break;
        }
    }

    private void OnMessageDelivered(WebSocketClient receiver, MessageHeader header)
    {
        if (!_protocol.Talkers[receiver.Member!].IsProxied) Direct.Add(Now - header.ScheduledAt);
        else if (header.ScheduledAt < _outageStart || header.ScheduledAt > _outageEnd)
            Proxied.Add(Now - header.ScheduledAt);
    }
}
