using System.Diagnostics;

namespace RoomChat.Bench.Driving;

/// <summary>One thread, one epoll set, and buffers that all clients share.</summary>
internal sealed unsafe class EventLoop : IDisposable
{
    private readonly int _epoll = Linux.NewEpoll(0);
    private readonly Linux.Ready[] _ready = GC.AllocateArray<Linux.Ready>(512, pinned: true);
    private readonly List<Client> _clients = [];

    public byte[] Input { get; } = GC.AllocateUninitializedArray<byte>(256 << 10, pinned: true);
    public byte[] Output { get; } = GC.AllocateUninitializedArray<byte>(64 << 10, pinned: true);

    /// <summary>In nanoseconds.</summary>
    public long Now { get; private set; } = Stopwatch.GetTimestamp();

    public IReadOnlyList<Client> Clients => _clients;

    public int Add(Client client)
    {
        _clients.Add(client);
        return _clients.Count - 1;
    }

    public void Watch(Client client, int what, uint events) => Linux.Watch(_epoll, what, client.Socket, events, client.Index);

    public long Look() => Now = Stopwatch.GetTimestamp();

    public void Turn(long nanos)
    {
        fixed (Linux.Ready* ready = _ready)
        {
            var count = Linux.Wait(_epoll, ready, _ready.Length, Math.Max(0, nanos));
            Look();
            for (var i = 0; i < count; i++) _clients[(int)ready[i].Data].Ready(ready[i].Events);
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients) client.Close();
        _ = Linux.Close(_epoll);
    }
}
