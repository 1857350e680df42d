using System.Diagnostics;

namespace RoomChat.Bench.Networking;

/// <summary>A single-threaded epoll loop; all clients share its buffers.</summary>
internal sealed unsafe class EventLoop : IDisposable
{
    private readonly int _epoll = LinuxSockets.CreateEpoll(0);
    private readonly LinuxSockets.EpollEvent[] _events =
        GC.AllocateArray<LinuxSockets.EpollEvent>(512, pinned: true);
    private readonly List<WebSocketClient> _clients = [];

    public byte[] ReceiveBuffer { get; } = GC.AllocateUninitializedArray<byte>(256 << 10, pinned: true);
    public byte[] SendBuffer { get; } = GC.AllocateUninitializedArray<byte>(64 << 10, pinned: true);

    /// <summary>In nanoseconds, as of the last <see cref="UpdateNow"/>.</summary>
    public long Now { get; private set; } = Stopwatch.GetTimestamp();

    public IReadOnlyList<WebSocketClient> Clients => _clients;

    public int Register(WebSocketClient client)
    {
        _clients.Add(client);
        return _clients.Count - 1;
    }

    public void Control(WebSocketClient client, int operation, uint events) =>
        LinuxSockets.ControlEpoll(_epoll, operation, client.Socket, events, client.Index);

    public long UpdateNow() => Now = Stopwatch.GetTimestamp();

    public void Poll(long timeoutNanoseconds)
    {
        fixed (LinuxSockets.EpollEvent* events = _events)
        {
            var count = LinuxSockets.WaitEpoll(_epoll, events, _events.Length, Math.Max(0, timeoutNanoseconds));
            UpdateNow();
            for (var i = 0; i < count; i++) _clients[(int)events[i].Data].HandleEvents(events[i].Events);
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients) client.Close();
        _ = LinuxSockets.Close(_epoll);
    }
}
