namespace RoomChat.Bench.Driving;

/// <summary>
/// The server's end of a connection whose client does not read, and so would not hear that it was cut.
/// The kernel tells how much waits there, and when it is gone.
/// </summary>
internal sealed class ServersEnd(int serverPort, int clientPort)
{
    private const string Established = "01", CloseWait = "08", NoOwner = "0";

    private string? _waiting;
    private long _stuckSince;

    /// <summary>From when nothing more left it; null while it stands.</summary>
    public double? CutAfterSeconds { get; private set; }

    public void Look(long now)
    {
        if (CutAfterSeconds is not null) return;
        var waiting = Waiting();
        if (waiting is null) CutAfterSeconds = (now - _stuckSince) / 1e9;
        else if (waiting != _waiting) (_waiting, _stuckSince) = (waiting, now);
    }

    private string? Waiting()
    {
        foreach (var line in File.ReadLines("/proc/net/tcp").Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries); // number, local, remote, state, queues, ..., inode
            if (!fields[1].EndsWith($":{serverPort:X4}", StringComparison.Ordinal)) continue;
            if (!fields[2].EndsWith($":{clientPort:X4}", StringComparison.Ordinal)) continue;
            return fields[3] is Established or CloseWait && fields[9] != NoOwner ? fields[4] : null;
        }
        return null;
    }
}
