using System.Diagnostics;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

/// <summary>A member that asks for it is given less often what comes in quick succession, and all of it.</summary>
public sealed class PacedTests : IAsyncDisposable
{
    private const int Messages = 100;
    private static readonly string Long = new('x', 1900);

    private readonly TestClock _clock = new();
    private ChatServer? _server;

    [Fact]
    public async Task WhatComesInQuickSuccessionComesSeveralAtOnce()
    {
        var (ana, bo) = await TalkAsync(new ChatServer(("Limits:MessagesPerSecond", "0")));
        var sending = Stopwatch.StartNew();
        var reading = ReceiveAsync(bo, until: $"message {Messages}.");

        for (var n = 1; n <= Messages; n++) await ana.SendAsync($"message {n}.");

        var batches = await reading;
        Assert.All(Enumerable.Range(1, Messages), n => Assert.Contains($"message {n}.", string.Concat(batches)));
        Assert.InRange(batches.Count, 1, 3 + (int)(sending.Elapsed / TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task AnAnswerDoesNotWaitForThat()
    {
        var (_, bo) = await TalkAsync(WithClock());

        for (var n = 1; n <= 5; n++)
            Assert.Contains("\"seq\"", await bo.CallAsync("SendMessage", $$"""{"text":"message {{n}}."}"""));
    }

    [Fact]
    public async Task WhoTypesIsShownMeanwhile()
    {
        var (ana, bo) = await TalkAsync(WithClock());
        for (var n = 1; n <= 3; n++) await ana.SendAsync($"message {n}.");

        await Wait.UntilAsync(
            async () =>
            {
                await ana.CallAsync("Typing");
                return (await bo.NextAsync()).Contains("\"Typing\"", StringComparison.Ordinal);
            },
            "ana to be shown typing");
    }

    [Fact]
    public async Task ABacklogComesWithoutAPause()
    {
        var (ana, bo) = await TalkAsync(WithClock());
        for (var n = 1; n <= 3; n++) await ana.SendAsync($"message {n}.");
        for (var n = 4; n <= 200; n++) await ana.SendAsync($"message {n}. {Long}");

        var first = bo.FirstAsync("message 4.");
        await Wait.UntilAsync(
            () =>
            {
                _clock.AdvanceSeconds(0.25);
                return first.IsCompleted;
            },
            "the next batch");

        Assert.DoesNotContain("message 200.", await first);
        await ReceiveAsync(bo, until: "message 200.");
    }

    private ChatServer WithClock() => new(
        services => services.AddSingleton<TimeProvider>(_clock),
        ("Limits:MessagesPerSecond", "0"), ("Limits:MessageLength", "2000"));

    private async Task<(ChatClient Ana, RawClient Bo)> TalkAsync(ChatServer server)
    {
        _server = server;
        var room = server.Lobby.Create().OrFail().Code;
        var ana = await ChatClient.JoinedAsync(server, $"{room}", "ana");
        var bo = await RawClient.ConnectAsync(server);
        await bo.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"bo","paced":true}""");
        return (ana, bo);
    }

    private static async Task<List<string>> ReceiveAsync(RawClient client, string until)
    {
        List<string> batches = [];
        while (batches is not [.., var last] || !last.Contains(until, StringComparison.Ordinal))
            batches.Add(await client.FirstAsync("\"target\":\"Receive\""));
        return batches;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
