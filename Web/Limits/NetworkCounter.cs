using System.Net;

namespace RoomChat.Web;

/// <summary>What the clients of each network hold at once. Locked by whoever has it.</summary>
/// <param name="maxPerAddress">0 if there is no limit.</param>
internal sealed class NetworkCounter(long maxPerAddress)
{
    private readonly Dictionary<ClientNetwork, int> _counts = [];

    public bool TryAdd(IPAddress client)
    {
        var tiers = ClientNetwork.TiersOf(client);
        if (maxPerAddress > 0 && tiers.Any(IsFull)) return false;
        foreach (var tier in tiers) _counts[tier] = _counts.GetValueOrDefault(tier) + 1;
        return true;
    }

    public void Remove(IPAddress client)
    {
        foreach (var tier in ClientNetwork.TiersOf(client))
            if (--_counts[tier] == 0) _counts.Remove(tier);
    }

    private bool IsFull(ClientNetwork tier) => _counts.GetValueOrDefault(tier) >= maxPerAddress * tier.Allowance;
}
