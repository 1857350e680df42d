using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>An answer waits for the events it is about, to leave in one send with them.</summary>
public sealed class HeldAnswerTests : IAsyncDisposable
{
    private static readonly TimeSpan BeforeAnyPing = TimeSpan.FromSeconds(8);

    private readonly ChatServer _server = new();

    /// <summary>The events do not come any more, since the member has left.</summary>
    [Fact]
    public async Task AnswersToAMessageAndALeaveInOneFrameAreNotHeldBack()
    {
        var room = _server.Lobby.Create().OrFail().Code;
        using var ana = await RawClient.ConnectAsync(_server);
        for (var n = 0; n < 40; n++)
        {
            await ana.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"ana"}""");
            await ana.SendAsync(
                """{"type":1,"invocationId":"send","target":"SendMessage","arguments":[{"text":"hi"}]}""" + '\u001e' +
                """{"type":1,"invocationId":"leave","target":"LeaveRoom","arguments":[]}""");

            await AnsweredAsync(ana, "send");
            await AnsweredAsync(ana, "leave");
        }
    }

    private static Task<string> AnsweredAsync(RawClient client, string invocation) =>
        client.FirstAsync($"\"invocationId\":\"{invocation}\"")
            .WaitAsync(BeforeAnyPing, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
