using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>
/// Which codes without a room each address asked for in the last minute. After too many different ones it is told nothing of any other
/// code, of those that have a room neither.
/// </summary>
internal sealed class Guesses(TimeProvider time, int perMinute)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Lately<IPAddress, Dictionary<Code, TimeSpan>> _asked = new();

    public Refusal? Limit(IPAddress from, Code code, bool lives)
    {
        if (perMinute == 0) return null;
        var now = time.GetElapsedTime(0);
        lock (_gate)
        {
            var asked = _asked[from] ??= [];
            foreach (var (old, at) in asked)
                if (now - at >= Minute) asked.Remove(old);
            if (asked.Count >= perMinute && !asked.ContainsKey(code)) return new Refusal(Reason.RateLimited, asked.Values.Min() + Minute - now);
            if (!lives) asked[code] = now;
            return null;
        }
    }
}
