using System.Diagnostics.Metrics;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Api;

public sealed class HealthTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    [Fact]
    public async Task HealthReportsTheCountsTheUptimeAndTheVersion()
    {
        await using var ana = await TalkAsync();
        using var program = await ApiClient.OfAsync(_server);

        var health = await program.GetAsync("/health");

        Assert.Equal(200, health.Status);
        Assert.Matches(
            """^\{"rooms":1,"members":2,"connections":1,"uptime":[0-9]+,"version":"[0-9]+\.[0-9]+\.[0-9]+[^"]*"\}$""",
            $"{health.Body}");
    }

    [Fact]
    public async Task MetricsReportRoomsMembersConnectionsMessagesAndDeliveries()
    {
        await using var ana = await TalkAsync();

        Assert.Equal(new Dictionary<string, long>
        {
            ["roomchat.rooms"] = 1,
            ["roomchat.members"] = 2,
            ["roomchat.connections"] = 1,
            ["roomchat.messages"] = 2,
            ["roomchat.deliveries"] = 8,    // four events, read by two
        }, Measured());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    /// <summary>A member by hub and one by HTTP, who read each other.</summary>
    private async Task<ChatClient> TalkAsync()
    {
        var ana = await ChatClient.ConnectAsync(_server);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        using var bot = await ApiClient.JoinedAsync(_server, room, "bot");
        await ana.SendAsync("hi");
        await ana.WaitForSeqAsync(await bot.PostMessageAsync("hello"));
        await bot.ReadAsync();
        return ana;
    }

    private Dictionary<string, long> Measured()
    {
        Dictionary<string, long> measured = [];
        using var listener = new MeterListener();
        var factory = _server.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, us) =>
        {
            if (instrument.Meter.Name == "RoomChat" && instrument.Meter.Scope == factory)
                us.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
