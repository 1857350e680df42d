using System.Net;
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
    private const long SocketsPerConnection = 2;

    private readonly Lock _gate = new();
    private readonly SocketGroup _all = new(SocketsPerConnection * limits.Connections);
    private readonly Dictionary<IPAddress, SocketGroup> _byClient = [];

    internal int Clients
    {
        get { lock (_gate) { return _byClient.Count; } }
    }

    /// <summary>Returns the socket to drop in exchange. False if all the others are in use.</summary>
    internal bool TryAdd(LimitedSocket socket, out LimitedSocket? dropped)
    {
        lock (_gate)
        {
            var full = socket.Client is { } client && _byClient.TryGetValue(client, out var ofClient) && ofClient.IsFull
                ? ofClient
                : _all.IsFull ? _all : null;
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
            _all.RemoveIdle(socket);
            socket.ClientGroup?.RemoveIdle(socket);
        }
    }

    internal void EndRequest(LimitedSocket socket)
    {
        lock (_gate)
        {
            if (--socket.Requests > 0 || !socket.IsCounted) return;
            _all.AddIdle(socket);
            socket.ClientGroup?.AddIdle(socket);
        }
    }

    private void AddToGroups(LimitedSocket socket)
    {
        socket.IsCounted = true;
        _all.Add(socket);
        if (socket.Client is not { } client) return;
        if (!_byClient.TryGetValue(client, out var group))
            _byClient[client] = group = new(SocketsPerConnection * limits.ConnectionsPerAddress);
        group.Add(socket);
        socket.ClientGroup = group;
    }

    private void RemoveFromGroups(LimitedSocket socket)
    {
        if (!socket.IsCounted) return;
        socket.IsCounted = false;
        _all.Remove(socket);
        socket.ClientGroup?.Remove(socket);
        if (socket is { Client: { } client, ClientGroup.IsEmpty: true }) _byClient.Remove(client);
    }
}

internal sealed class LimitedSocket(ConnectionContext connection, IPAddress? client)
{
    public IPAddress? Client => client;
    public int Requests { get; set; }
    public bool IsCounted { get; set; }
    public SocketGroup? ClientGroup { get; set; }

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
