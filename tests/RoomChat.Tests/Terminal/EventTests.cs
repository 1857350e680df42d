using System.Text.RegularExpressions;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

public sealed partial class EventTests
{
    [Fact]
    public async Task EachActivityIsALineUnderTheCodeOfItsRoom()
    {
        using var server = await ServerProcess.ListeningAsync("--RoomChat:Limits:EmptyRoomSeconds=5");
        await using var ana = await ChatClient.ConnectAsync(server.Address);
        var room = await ana.CreateRoomAsync();
        var seat = (await ana.JoinAsync(room, "ana")).GetProperty("seat").GetString();
        await ana.SendAsync("hello");
        await using var bo = await ChatClient.ConnectAsync(server.Address);
        await bo.CallAsync("JoinRoom", new { room, name = "Ana" });
        await bo.JoinAsync(room, "bo");
        await bo.CallAsync("LeaveRoom");
        await ana.DisposeAsync();
        await server.WaitForOutputAsync("~ ana dropped");
        await using var again = await ChatClient.ConnectAsync(server.Address);
        await again.JoinAsync(room, "another name", seat);
        await again.CallAsync("LeaveRoom");
        await server.WaitForOutputAsync("* room closed");

        Assert.Equal(
            [
                $"{room} * room created",
                $"{room} + ana (1 here)",
                $"{room} ana: hello",
                $"{room} ! Ana refused: name-taken",
                $"{room} + bo (2 here)",
                $"{room} - bo (1 here)",
                $"{room} ~ ana dropped",
                $"{room} ~ ana is back",
                $"{room} - ana (0 here)",
                $"{room} * room closed",
            ],
            server.Output.Skip(1).Select(line => line["12:00:00 ".Length..]));
        Assert.All(server.Output, line => Assert.Matches(Columns(), line));
    }

    [Fact]
    public async Task ARequestThatARuleForAllRefusesIsALine()
    {
        using var server = await ServerProcess.ListeningAsync();
        using var stranger = new HttpClient { BaseAddress = server.Address };
        await AskAsync(("Origin", "https://example.org"));
        await AskAsync(("Host", "example.org"));
        await AskAsync();

        foreach (var rule in (string[])["foreign-origin", "unknown-host", "form-without-token"])
            await server.WaitForOutputAsync($"! somebody refused: {rule}");

        async Task AskAsync(params (string Name, string Value)[] headers)
        {
            using var form = new HttpRequestMessage(HttpMethod.Post, "/?handler=Create")
            {
                Content = new FormUrlEncodedContent([]),
            };
            foreach (var (name, value) in headers) form.Headers.TryAddWithoutValidation(name, value);
            await stranger.SendAsync(form, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatAmendsAMessageIsALineToo(bool showText)
    {
        using var server = await ServerProcess.ListeningAsync($"--RoomChat:Terminal:ShowText={showText}");
        await using var ana = await ChatClient.ConnectAsync(server.Address);
        var room = await ana.CreateRoomAsync();
        await ana.JoinAsync(room, "ana");
        await using var bo = await ChatClient.JoinedAsync(server.Address, room, "bo");
        var (mine, yours) = (await ana.SendAsync("mine"), await bo.SendAsync("yours"));
        await ana.CallAsync("EditMessage", new { seq = mine, text = "edited" });
        await bo.CallAsync("React", new { seq = mine, mark = "✅", on = true });
        await bo.CallAsync("React", new { seq = mine, mark = "✅", on = false });
        await ana.CallAsync("RemoveMessage", new { seq = mine });
        await ana.CallAsync("RemoveMessage", new { seq = yours });
        await ana.CallAsync("Rename", new { name = "anna" });
        await server.WaitForOutputAsync("anna now");

        Assert.Equal(
            [
                $"{room} ana {(showText ? "edited: edited" : "edited a message to 6 characters")}",
                $"{room} bo reacted ✅",
                $"{room} bo took ✅ back",
                $"{room} ana took a message back",
                $"{room} ana removed a message of bo",
                $"{room} * ana is anna now",
            ],
            server.Output.TakeLast(6).Select(line => line["12:00:00 ".Length..]));
    }

    [Fact]
    public async Task AccountActivityIsShownWithoutSecrets()
    {
        using var server = await ServerProcess.ListeningAsync();
        using var program = await ApiClient.OfAsync(server.Address);
        await program.SignUpAsync("ana");
        await program.SignUpAsync("bo");
        await program.PostAsync("/api/session", new { name = "ana", password = "not the one" });
        var (access, _) = await program.SignInAsync("ana");
        var room = (await program.PostAsync("/api/direct", new { with = "bo" }, access))
            .Body.GetProperty("room").GetString();
        var seat = (await program.PostAsync($"/api/rooms/{room}/members", new { token = access }))
            .Body.GetProperty("seat").GetString();
        await program.PostAsync($"/api/rooms/{room}/messages", new { text = "between us" }, seat);
        await program.SendAsync(HttpMethod.Delete, "/api/session", bearer: access);
        var (_, refresh) = await program.SignInAsync("bo");
        for (var i = 0; i < 2; i++) await program.RefreshAsync(refresh);
        await program.DeleteAccountAsync((await program.SignInAsync("bo")).Access);
        await server.WaitForOutputAsync("@ bo deleted the account");

        Assert.Equal(
            [
                "       @ ana signed up",
                "       @ bo signed up",
                "       ! ana refused: sign-in-failed",
                "       @ ana signed in",
                $"{room} * direct chat of ana and bo",
                $"{room} + ana (1 here)",
                $"{room} ana wrote 10 characters",
                $"{room} - ana (0 here)",
                "       @ ana signed out",
                "       @ bo signed in",
                "       @ bo signed out: a refresh token was used twice",
                "       ! somebody refused: not-signed-in",
                "       @ bo signed in",
                "       @ bo deleted the account",
            ],
            server.Output.Skip(1).Where(line => !line.Contains("room closed", StringComparison.Ordinal))
                .Select(line => line["12:00:00 ".Length..]));
    }

    [Fact]
    public async Task ARefusalWithoutARoomShowsTheTypedCode()
    {
        using var server = await ServerProcess.ListeningAsync();
        await using var bo = await ChatClient.ConnectAsync(server.Address);

        await bo.CallAsync("JoinRoom", new { room = "no such code", name = "bo" });
        await server.WaitForOutputAsync("refused");

        Assert.EndsWith(
            "        ! bo refused: room-not-found at \"no such code\"", server.Output[^1], StringComparison.Ordinal);
        Assert.All(server.Output, line => Assert.Matches(Columns(), line));
    }

    [Fact]
    public async Task AMemberOverHttpIsShownLikeAnyOther()
    {
        using var server = await ServerProcess.ListeningAsync("--RoomChat:Limits:SeatSeconds=5");
        using var bot = await ApiClient.OfAsync(server.Address);
        var room = await bot.CreateRoomAsync();
        await bot.JoinAsync(room, "bot");
        await bot.PostMessageAsync("hello");
        await bot.PostAsync($"/api/rooms/{room}/members", new { name = "Bot" });
        await bot.GetAsync($"/api/rooms/{room}/events?wait=999");
        await bot.PostAsync("/api/rooms", new { room = "no such code" });
        await server.WaitForOutputAsync("- bot");

        Assert.Equal(
            [
                $"{room} * room created",
                $"{room} + bot (1 here)",
                $"{room} bot: hello",
                $"{room} ! Bot refused: name-taken",
                $"{room} ! bot refused: bad-request",
                "       ! somebody refused: room-not-found at \"no such code\"",
                $"{room} - bot (0 here)",
            ],
            server.Output.Skip(1).Select(line => line["12:00:00 ".Length..]));
    }

    [Fact]
    public async Task AMemberThatFloodsIsShownAsDroppedAndItsRefusalsAreCounted()
    {
        using var server = await ServerProcess.ListeningAsync(
            "--RoomChat:Limits:MessagesPerSecond=1", "--RoomChat:Limits:MessageBurst=10");
        using var eve = await RawClient.ConnectAsync(server.Address);
        for (var n = 0; n < 200; n++) await eve.SendAsync("""{"type":1,"target":"Typing","arguments":[]}""");

        await server.WaitForOutputAsync("~ somebody dropped: flooding");
        await server.WaitForOutputAsync(" more refused from 127.0.0.1");
        Assert.Equal(
            20, server.Output.Count(line => line.EndsWith("somebody refused: not-in-room", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d ([0-9A-Z]{6}|      ) [^\s\p{C}][^\p{C}]*$")]
    private static partial Regex Columns();
}
