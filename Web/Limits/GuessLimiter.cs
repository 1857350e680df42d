using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>Limits how many codes without a room an address may try; then all codes get the same answer.</summary>
internal sealed class GuessLimiter(TimeProvider time, int perMinute)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LruCache<ClientNetwork, Dictionary<Code, TimeSpan>> _guesses = new();

    public Refusal? TryTake(IPAddress client, Code code, bool isGuess)
    {
        if (perMinute == 0) return null;
        var now = time.GetElapsedTime(0);
        var tiers = ClientNetwork.TiersOf(client);
        lock (_gate)
        {
            foreach (var tier in tiers)
            {
                var guesses = _guesses[tier, now] ??= [];
                foreach (var (old, at) in guesses)
                    if (now - at >= Minute) guesses.Remove(old);
                if (guesses.Count >= (long)perMinute * tier.Allowance && !guesses.ContainsKey(code))
                    return new Refusal(Reason.RateLimited, guesses.Values.Min() + Minute - now);
            }
            if (isGuess)
                foreach (var tier in tiers) _guesses[tier, now]![code] = now;
            return null;
        }
    }
}
