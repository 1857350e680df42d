using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>Limits how many codes without a room an address may try; then all codes get the same answer.</summary>
internal sealed class GuessLimiter(TimeProvider time, int perMinute)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LruCache<IPAddress, Dictionary<Code, TimeSpan>> _guesses = new();

    public Refusal? TryTake(IPAddress client, Code code, bool isGuess)
    {
        if (perMinute == 0) return null;
        var now = time.GetElapsedTime(0);
        lock (_gate)
        {
            var guesses = _guesses[client] ??= [];
            foreach (var (old, at) in guesses)
                if (now - at >= Minute) guesses.Remove(old);
            if (guesses.Count >= perMinute && !guesses.ContainsKey(code))
                return new Refusal(Reason.RateLimited, guesses.Values.Min() + Minute - now);
            if (isGuess) guesses[code] = now;
            return null;
        }
    }
}
