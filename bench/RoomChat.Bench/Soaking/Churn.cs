namespace RoomChat.Bench.Soaking;

/// <summary>Visitors that come to a room that talks or make a new one, and leave, drop, return or vanish.</summary>
internal sealed class Churn(SoakTarget target, Tally tally)
{
    private const int LongestStaySeconds = 16;

    public async Task VisitAsync(CancellationToken stop)
    {
        var name = $"v{ClientAddresses.Next()}";
        using var visitor = await HubVisitor.ConnectAsync(target, stop).ConfigureAwait(false);
        var isOwnRoom = target.Random(2) == 0;
        var room = target.AnyQuietRoom();
        if (isOwnRoom)
        {
            room = Read(await visitor.CallAsync("CreateRoom", "", stop).ConfigureAwait(false), "room");
            tally.Add("rooms made, and left to expire");
        }
        var joined = await visitor.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"{{name}}"}""", stop)
            .ConfigureAwait(false);
        if (!joined.Contains("\"seat\"", StringComparison.Ordinal))
        {
            tally.Add("joins refused");
            return;
        }
        tally.Add("joins");
        for (var left = target.Random(LongestStaySeconds); left > 0; left--)
        {
            await Task.Delay(1000, stop).ConfigureAwait(false);
            if (isOwnRoom)
                await visitor.CallAsync("SendMessage", """{"text":"is anybody here?"}""", stop).ConfigureAwait(false);
        }
        switch (target.Random(3))
        {
            case 0:
                await visitor.CallAsync("LeaveRoom", "", stop).ConfigureAwait(false);
                tally.Add("leaves");
                break;
            case 1:
                tally.Add("drops for good");
                break;
            default:
                visitor.Dispose();
                await ReturnAsync(room, name, joined, stop).ConfigureAwait(false);
                break;
        }
    }

    private async Task ReturnAsync(string room, string name, string joined, CancellationToken stop)
    {
        await Task.Delay(500 + target.Random(4000), stop).ConfigureAwait(false);
        using var visitor = await HubVisitor.ConnectAsync(target, stop).ConfigureAwait(false);
        var (seat, epoch) = (Read(joined, "seat"), Read(joined, "epoch"));
        var request = $$"""{"room":"{{room}}","name":"{{name}}","seat":"{{seat}}","epoch":"{{epoch}}","after":1}""";
        var returned = await visitor.CallAsync("JoinRoom", request, stop).ConfigureAwait(false);
        tally.Add(Read(returned, "seat") == seat ? "returns" : "returns refused");
        await visitor.CallAsync("LeaveRoom", "", stop).ConfigureAwait(false);
    }

    private static string Read(string record, string property)
    {
        var start = record.IndexOf($"\"{property}\":\"", StringComparison.Ordinal);
        if (start < 0) return "";
        start += property.Length + 4;
        return record[start..record.IndexOf('"', start)];
    }
}
