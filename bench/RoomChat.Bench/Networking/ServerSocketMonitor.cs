namespace RoomChat.Bench.Networking;

/// <summary>
/// Watches the server's end of a connection in /proc/net/tcp, because a client that does not read cannot see
/// that the server closed the connection.
/// </summary>
internal sealed class ServerSocketMonitor(int serverPort, int clientPort)
{
    private const string Established = "01", CloseWait = "08", NoInode = "0";

    private string? _queues;
    private long _unchangedSince;

    /// <summary>From the last change of the queues until the close; null while the connection is open.</summary>
    public double? ClosedAfterSeconds { get; private set; }

    public void Update(long now)
    {
        if (ClosedAfterSeconds is not null) return;
        var queues = ReadQueues();
        if (queues is null) ClosedAfterSeconds = (now - _unchangedSince) / 1e9;
        else if (queues != _queues) (_queues, _unchangedSince) = (queues, now);
    }

    private string? ReadQueues()
    {
        foreach (var line in File.ReadLines("/proc/net/tcp").Skip(1))
        {
            // number, local, remote, state, queues, ..., inode
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!fields[1].EndsWith($":{serverPort:X4}", StringComparison.Ordinal)) continue;
            if (!fields[2].EndsWith($":{clientPort:X4}", StringComparison.Ordinal)) continue;
            return fields[3] is Established or CloseWait && fields[9] != NoInode ? fields[4] : null;
        }
        return null;
    }
}
