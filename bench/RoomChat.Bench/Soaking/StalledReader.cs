namespace RoomChat.Bench.Soaking;

/// <summary>Joins a loud room, says now and then that it is there, and reads nothing.</summary>
internal sealed class StalledReader(SoakTarget target, Tally tally)
{
    private const int Pings = 10, SecondsBetweenPings = 8;

    public async Task StallAsync(int number, CancellationToken stop)
    {
        using var reader = await HubVisitor.ConnectAsync(target, stop, hasSmallBuffers: true).ConfigureAwait(false);
        var room = target.LoudRooms[number % target.LoudRooms.Count];
        await reader.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"s{{ClientAddresses.Next()}}"}""", stop)
            .ConfigureAwait(false);
        for (var i = 0; i < Pings; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(SecondsBetweenPings), stop).ConfigureAwait(false);
            try
            {
                await reader.SendAsync("{\"type\":6}\u001e", stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or System.Net.WebSockets.WebSocketException)
            {
                tally.Add("stalled readers cut off");
                return;
            }
        }
        tally.Add("stalled readers not cut off");
    }
}
