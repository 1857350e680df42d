using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Hubs;

/// <summary>A conversation that nobody sees: what is compiled for it keeps nobody waiting who comes after.</summary>
internal sealed class Rehearsal(IOptions<JsonHubProtocolOptions> options, IEnumerable<IHubProtocol> protocols)
{
    private readonly JsonSerializerOptions _json = options.Value.PayloadSerializerOptions;
    private readonly IHubProtocol _protocol = protocols.First();

    public void Play()
    {
        using var lobby = new Lobby(new Limits(), TimeProvider.System, new Feed());
        if (!lobby.Create().Granted(out var room, out _)) return;
        foreach (var name in (string[])["ana", "bo"])
        {
            var join = JsonSerializer.Deserialize<JoinCall>($$"""{"room":"{{room.Code}}","name":"{{name}}"}""", _json)!;
            if (!lobby.Join(join.By(null), new Listener(_protocol)).Granted(out var joined, out _)) return;
            Say(JoinAnswer.To(joined));

            var send = JsonSerializer.Deserialize<SendRequest>("""{"text":"hello","id":"1"}""", _json)!;
            if (room.Post(joined.Member, send.Text, send.Id).Granted(out var seq, out _)) Say(new SendAnswer(seq));
        }
    }

    private void Say(object answer) => _protocol.GetMessageBytes(CompletionMessage.WithResult("1", answer));

    private sealed class Listener(IHubProtocol protocol) : IReader
    {
        public TimeSpan Silence => TimeSpan.Zero;

        public Task WriteAsync(Outgoing what)
        {
            what.EncodedOnce(HubReader.Encode).GetSerializedMessage(protocol);
            return Task.CompletedTask;
        }

        public void Close(Parting why) { }
    }
}
