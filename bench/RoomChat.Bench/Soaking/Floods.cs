using System.Net.Sockets;
using System.Net.WebSockets;

namespace RoomChat.Bench.Soaking;

/// <summary>Clients that send as fast as they can until they are refused or cut off.</summary>
internal sealed class Floods(SoakTarget target, Tally tally)
{
    private const int RecordsAtOnce = 50, MostFrames = 200, Posts = 60, Connections = 450;
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(5);

    public async Task FloodHubAsync(CancellationToken stop)
    {
        using var flooder = await HubVisitor.ConnectAsync(target, stop).ConfigureAwait(false);
        var room = (await flooder.CallAsync("CreateRoom", "", stop).ConfigureAwait(false)).Split('"')[^2];
        await flooder.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"flooder"}""", stop).ConfigureAwait(false);
        var closed = flooder.ReadUntilAsync("\"target\":\"Closed\"", stop);
        var records = string.Concat(
            Enumerable.Repeat(HubVisitor.Invocation("SendMessage", """{"text":"flood"}"""), RecordsAtOnce));
        try
        {
            for (var i = 0; i < MostFrames && !closed.IsCompleted; i++)
                await flooder.SendAsync(records, stop).ConfigureAwait(false);
        }
        catch (WebSocketException)
        {
            // cut off in the middle
        }
        var isCutOff = await Task.WhenAny(closed, Task.Delay(Held, stop)).ConfigureAwait(false) == closed;
        tally.Add(isCutOff ? "floods of the hub cut off" : "floods of the hub not cut off");
    }

    public async Task FloodApiAsync(CancellationToken stop)
    {
        var from = ClientAddresses.Next();
        var (_, made) = await target.RequestAsync(from, "POST", "/api/rooms", "", null, stop).ConfigureAwait(false);
        var room = $"/api/rooms/{made.Split('"')[3]}";
        var (_, joined) = await target.RequestAsync(from, "POST", $"{room}/members", "name=flooder", null, stop)
            .ConfigureAwait(false);
        var seat = joined.Split("\"seat\":\"")[1].Split('"')[0];
        var refused = 0;
        for (var i = 0; i < Posts; i++)
        {
            var (status, _) = await target.RequestAsync(from, "POST", $"{room}/messages", "text=flood", seat, stop)
                .ConfigureAwait(false);
            if (status == "429") refused++;
        }
        tally.Add(refused > 0 ? "floods of the API refused" : "floods of the API not refused");
    }

    /// <summary>More than an address may have, silent, held for a while.</summary>
    public async Task FloodConnectionsAsync(CancellationToken stop)
    {
        var from = ClientAddresses.Next();
        List<Socket> sockets = [];
        try
        {
            for (var i = 0; i < Connections; i++)
                sockets.Add(await target.ConnectAsync(from, hasSmallBuffers: false, stop).ConfigureAwait(false));
            await Task.Delay(Held, stop).ConfigureAwait(false);
            tally.Add("floods of connections held");
        }
        finally
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }
}
