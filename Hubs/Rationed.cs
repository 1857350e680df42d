using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RoomChat.Rooms;

namespace RoomChat.Hubs;

/// <summary>
/// The protocol of one connection, which counts every record that it reads: pings, and what no method or filter ever sees, among them.
/// Ten times what a seat may write is plenty; who goes on beyond is not listened to any more.
/// </summary>
internal sealed class Rationed(IHubProtocol protocol, Limits limits, TimeProvider time) : IHubProtocol
{
    private const int Plenty = 10;

    private readonly int _burst = (int)Math.Min(int.MaxValue, (long)Plenty * limits.MessageBurst);
    private TokenBucket _records;
    private bool _spent;

    /// <summary>What to do when there was too much.</summary>
    public Action? Flooded { get; set; }

    public string Name => protocol.Name;
    public int Version => protocol.Version;
    public TransferFormat TransferFormat => protocol.TransferFormat;

    public bool IsVersionSupported(int version) => protocol.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        if (input.IsEmpty) return false;
        if (!_spent)
        {
            var before = input.Length;
            var known = protocol.TryParseMessage(ref input, binder, out message);
            if (!known && input.Length == before) return false;     // not a whole record yet
            if (!_records.TryTake(time.GetElapsedTime(0), (double)Plenty * limits.MessagesPerSecond, _burst, out _))
            {
                _spent = true;
                Flooded?.Invoke();
            }
        }
        if (_spent) (input, message) = (input.Slice(input.End), null);
        message ??= PingMessage.Instance;   // which is read and asks for nothing
        return true;
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => protocol.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => protocol.WriteMessage(message, output);

    /// <summary>Gives each connection one of its own.</summary>
    public sealed class Resolver(IEnumerable<IHubProtocol> protocols, Limits limits, TimeProvider time) : IHubProtocolResolver
    {
        public IReadOnlyList<IHubProtocol> AllProtocols { get; } = [.. protocols];

        public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
            AllProtocols.FirstOrDefault(known => known.Name == protocolName) is { } protocol ? new Rationed(protocol, limits, time) : null;
    }
}
