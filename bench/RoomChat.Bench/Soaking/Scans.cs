using System.Text;

namespace RoomChat.Bench.Soaking;

/// <summary>What every server on the net gets: guesses, nonsense, and requests that never end.</summary>
internal sealed class Scans(SoakTarget target, Tally tally)
{
    private const string CodeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(10);

    private static readonly string[] Paths =
        ["/wp-login.php", "/.env", "/admin/../../etc/passwd", "/r/%00%ff", "/hub?id=", "/api/rooms/'%20OR%201=1"];

    private static readonly string[] Malformed =
    [
        "GET / HTTP/9.9\r\n\r\n", "\u0016\u0003\u0001\u0002\0\u0001", "GET /\r\n\r\n",
        "POST /api/rooms HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    ];

    private static readonly string[] MalformedRecords =
    [
        "{\"type\":\u001e", "junk\u001e", "{\"type\":1,\"target\":\"Nothing\",\"arguments\":[{}]}\u001e",
        "{\"type\":1,\"target\":\"JoinRoom\",\"arguments\":[[[[[1]]]]]}\u001e", "{\"type\":99}\u001e",
    ];

    public Task ScanAsync(CancellationToken stop) => target.Random(6) switch
    {
        0 or 1 => GetAsync($"/api/rooms/{GuessCode()}", "guesses by the API", stop),
        2 => GetAsync($"/r/{GuessCode()}", "guesses by the page", stop),
        3 => GetAsync(Paths[target.Random(Paths.Length)], "nonsense paths", stop),
        4 => target.Random(2) == 0 ? SendMalformedAsync(stop) : SendHalfAsync(stop),
        _ => SendMalformedRecordAsync(stop),
    };

    private string GuessCode()
    {
        var code = new StringBuilder();
        while (code.Length < 6) code.Append(CodeLetters[target.Random(CodeLetters.Length)]);
        return code.ToString();
    }

    private async Task GetAsync(string path, string name, CancellationToken stop)
    {
        var (status, _) = await target.RequestAsync(Scanner(), "GET", path, "", null, stop).ConfigureAwait(false);
        tally.Add($"{name} answered {status}");
    }

    private async Task SendMalformedAsync(CancellationToken stop)
    {
        await target.ExchangeAsync(Scanner(), Malformed[target.Random(Malformed.Length)], stop).ConfigureAwait(false);
        tally.Add("malformed requests ended");
    }

    private async Task SendHalfAsync(CancellationToken stop)
    {
        using var socket = await target.ConnectAsync(Scanner(), hasSmallBuffers: false, stop).ConfigureAwait(false);
        await socket.SendAsync("GET /r/K7M2QX HT"u8.ToArray(), stop).ConfigureAwait(false);
        await Task.Delay(Held, stop).ConfigureAwait(false);
        tally.Add("half requests held");
    }

    private async Task SendMalformedRecordAsync(CancellationToken stop)
    {
        using var visitor = await HubVisitor.ConnectAsync(target, stop).ConfigureAwait(false);
        await visitor.SendAsync(MalformedRecords[target.Random(MalformedRecords.Length)], stop).ConfigureAwait(false);
        await visitor.SendAsync(HubVisitor.Invocation("LeaveRoom", ""), stop).ConfigureAwait(false);
        await visitor.ReadUntilAsync("{\"type\":3,", stop).ConfigureAwait(false);
        tally.Add("malformed records sent");
    }

    /// <summary>One of four persistent ones, or somebody new.</summary>
    private int Scanner() => target.Random(2) == 0 ? 1 + target.Random(4) : ClientAddresses.Next();
}
