using System.Net;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>By address, and by the wider networks that an IPv6 address is a part of.</summary>
public sealed class ClientRateLimiter(TimeProvider time, int perMinute)
{
    private readonly KeyedRateLimiter<(ClientNetwork, string)> _buckets = new(time, perMinute);

    /// <param name="of">What is limited apart from others.</param>
    public Refusal? TryTake(IPAddress client, string of = "")
    {
        var tiers = ClientNetwork.TiersOf(client);
        for (var taken = 0; taken < tiers.Length; taken++)
        {
            if (_buckets.TryTake((tiers[taken], of), tiers[taken].Allowance) is not { } limited) continue;
            GiveBack(tiers.AsSpan(0, taken), of);
            return limited;
        }
        return null;
    }

    public void Charge(IPAddress client, long amount, string of = "")
    {
        foreach (var tier in ClientNetwork.TiersOf(client)) _buckets.Charge((tier, of), amount, tier.Allowance);
    }

    public void GiveBack(IPAddress client, string of = "") => GiveBack(ClientNetwork.TiersOf(client), of);

    private void GiveBack(ReadOnlySpan<ClientNetwork> tiers, string of)
    {
        foreach (var tier in tiers) _buckets.GiveBack((tier, of));
    }
}
