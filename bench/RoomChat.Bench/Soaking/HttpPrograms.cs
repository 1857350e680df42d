using System.Globalization;
using System.Text.Json;

namespace RoomChat.Bench.Soaking;

/// <summary>Members without a hub: they poll, post, edit, react and take back, in a room of their own.</summary>
internal sealed class HttpPrograms(SoakTarget target, Tally tally)
{
    private const int Rounds = 60, WaitSeconds = 5;

    public async Task RunAsync(int number, CancellationToken stop)
    {
        var from = ClientAddresses.Next();
        var (_, made) = await target.RequestAsync(from, "POST", "/api/rooms", "", null, stop).ConfigureAwait(false);
        var room = $"/api/rooms/{made.Split('"')[3]}";
        var (_, joined) = await target.RequestAsync(from, "POST", $"{room}/members", $"name=p{number}", null, stop)
            .ConfigureAwait(false);
        using var answer = JsonDocument.Parse(joined);
        var seat = answer.RootElement.GetProperty("seat").GetString()!;
        var after = answer.RootElement.GetProperty("seq").GetInt64();
        for (var i = 0; i < Rounds; i++)
        {
            var poll = PollAsync(from, room, seat, after, stop);
            await Task.Delay(500, stop).ConfigureAwait(false);
            var (_, posted) = await target.RequestAsync(from, "POST", $"{room}/messages", $"text=round{i}", seat, stop)
                .ConfigureAwait(false);
            var seq = long.Parse(posted.Split(':')[1].Trim('}'), CultureInfo.InvariantCulture);
            after = await poll.ConfigureAwait(false);
            tally.Add(after == seq ? "polls that got the next post" : "polls that got something else");
            var message = $"{room}/messages/{seq}";
            var (status, _) = target.Random(3) switch
            {
                0 => await target.RequestAsync(from, "PATCH", message, "text=edited", seat, stop).ConfigureAwait(false),
                1 => await target.RequestAsync(from, "DELETE", message, "", seat, stop).ConfigureAwait(false),
                _ => await target.RequestAsync(from, "PUT", $"{message}/marks/%F0%9F%91%8D", "", seat, stop)
                    .ConfigureAwait(false),
            };
            tally.Add($"amendments by the API answered {status}");
            after = await PollAsync(from, room, seat, after, stop).ConfigureAwait(false);
            await Task.Delay(1000, stop).ConfigureAwait(false);
        }
        await target.RequestAsync(from, "DELETE", $"{room}/members/me", "", seat, stop).ConfigureAwait(false);
    }

    private async Task<long> PollAsync(int from, string room, string seat, long after, CancellationToken stop)
    {
        var (_, page) = await target.RequestAsync(
            from, "GET", $"{room}/events?after={after}&wait={WaitSeconds}", "", seat, stop).ConfigureAwait(false);
        using var answer = JsonDocument.Parse(page);
        return answer.RootElement.GetProperty("seq").GetInt64();
    }
}
