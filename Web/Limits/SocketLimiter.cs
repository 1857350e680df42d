using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>
/// Above a limit, a new socket replaces the one that has been idle for longest, never one with a request in progress
/// (as a WebSocket always is). Kestrel's own limit would let half-sent requests lock out everybody.
/// </summary>
public sealed class SocketLimiter(Limits limits)
{
    /// <summary>An address needs sockets for pages and polls besides its hub connections.</summary>
    internal const long SocketsPerConnection = 2;

    private readonly Lock _gate = new();
    private readonly SocketGroup _all = new(SocketsPerConnection * limits.Connections);
    private readonly Dictionary<ClientNetwork, SocketGroup> _byNetwork = [];

    internal int Networks
    {
        get { lock (_gate) { return _byNetwork.Count; } }
    }

    /// <summary>Returns the socket to drop in exchange. False if all the others are in use.</summary>
    internal bool TryAdd(LimitedSocket socket, out LimitedSocket? dropped)
    {
        lock (_gate)
        {
            var full = socket.Networks
                .Select(network => _byNetwork.GetValueOrDefault(network)).Append(_all)
                .FirstOrDefault(group => group is { IsFull: true });
            dropped = full?.LongestIdle;
            if (full is not null && dropped is null) return false;

            if (dropped is not null) RemoveFromGroups(dropped);
            AddToGroups(socket);
            return true;
        }
    }

    internal void Remove(LimitedSocket socket)
    {
        lock (_gate) { RemoveFromGroups(socket); }
    }

    internal void BeginRequest(LimitedSocket socket)
    {
        lock (_gate)
        {
            if (socket.Requests++ > 0 || !socket.IsCounted) return;
            foreach (var group in socket.Groups) group.RemoveIdle(socket);
        }
    }

    internal void EndRequest(LimitedSocket socket)
    {
        lock (_gate)
        {
            if (--socket.Requests > 0 || !socket.IsCounted) return;
            foreach (var group in socket.Groups) group.AddIdle(socket);
        }
    }

    private void AddToGroups(LimitedSocket socket)
    {
        socket.IsCounted = true;
        socket.Groups = [.. socket.Networks.Select(GroupOf), _all];
        foreach (var group in socket.Groups) group.Add(socket);
    }

    private SocketGroup GroupOf(ClientNetwork network)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_byNetwork, network, out _);
        return group ??= new(SocketsPerConnection * limits.ConnectionsPerAddress * network.Allowance);
    }

    private void RemoveFromGroups(LimitedSocket socket)
    {
        if (!socket.IsCounted) return;
        socket.IsCounted = false;
        foreach (var group in socket.Groups) group.Remove(socket);
        foreach (var network in socket.Networks)
            if (_byNetwork[network].IsEmpty) _byNetwork.Remove(network);
    }
}

/// <param name="client">Null for a proxy, behind which there are many.</param>
internal sealed class LimitedSocket(ConnectionContext connection, IPAddress? client)
{
    public bool IsOfProxy => client is null;
    public ClientNetwork[] Networks { get; } = client is null ? [] : ClientNetwork.TiersOf(client);
    public SocketGroup[] Groups { get; set; } = [];
    public int Requests { get; set; }
    public bool IsCounted { get; set; }

    public void Drop() => connection.Abort();
}

internal sealed class SocketGroup(long max)
{
    private readonly LinkedList<LimitedSocket> _idle = [];      // idle for longest first
    private readonly Dictionary<LimitedSocket, LinkedListNode<LimitedSocket>> _nodes = [];
    private int _count;

    public bool IsFull => max > 0 && _count >= max;
    public bool IsEmpty => _count == 0;
    public LimitedSocket? LongestIdle => _idle.First?.Value;

    public void Add(LimitedSocket socket)
    {
        _count++;
        AddIdle(socket);
    }

    public void Remove(LimitedSocket socket)
    {
        _count--;
        RemoveIdle(socket);
    }

    public void AddIdle(LimitedSocket socket) => _nodes[socket] = _idle.AddLast(socket);

    public void RemoveIdle(LimitedSocket socket)
    {
        if (_nodes.Remove(socket, out var node)) _idle.Remove(node);
    }
}
