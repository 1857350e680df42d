using System.Text.RegularExpressions;
using RoomChat.BrowserTests.Support;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

[Trait("Browser", "Firefox")]
public sealed class OfflineTests(Browser browser) : BrowserTest(browser, Pings.Often)
{
    [Fact]
    public async Task AfterFiveSecondsOfflineMissedMessagesArriveAndTypedMessagesAreSentOnce()
    {
        var room = NewRoom();
        var (ana, heard) = Join(room, "ana");
        var bo = await JoinedThroughProxyAsync(room, "bo");
        ana.Post("before");
        await Expect(bo.Texts).ToHaveTextAsync(["before"]);

        await LoseNetworkAsync(bo);
        await Expect(bo.Connection).ToHaveTextAsync(new Regex(@"^Reconnecting… \d+ sec\. What you write is kept\.$"));
        ana.Post("missed 1");
        await bo.SendAsync("typed 1");
        ana.Post("missed 2");
        await bo.SendAsync("typed 2");
        Assert.Equal(["before", "missed 1", "missed 2"], heard.Texts);
        await Expect(bo.Pending).ToHaveTextAsync(["typed 1", "typed 2"]);
        await Expect(bo.Connection).ToHaveTextAsync(new Regex("^Reconnecting… ([5-9]|[1-9][0-9]) s"));
        await FindNetworkAsync(bo);

        string[] all = ["before", "missed 1", "missed 2", "typed 1", "typed 2"];
        await Expect(bo.Texts).ToHaveTextAsync(all);
        await Expect(bo.Pending).ToHaveCountAsync(0);
        await heard.WaitForTextAsync("typed 2");
        Assert.Equal(all, heard.Texts);
        var notices = heard.Events.Where(line => line.Type != EventType.Message);
        (string, EventType)[] joins = [("ana", EventType.Joined), ("bo", EventType.Joined)];
        Assert.Equal(joins, notices.Select(line => (line.From, line.Type)));
    }

    [Fact]
    public async Task WhatWasTypedOfflineIsSentOnceAlsoAfterAReload()
    {
        var room = NewRoom();
        var (ana, heard) = Join(room, "ana");
        var bo = await JoinedThroughProxyAsync(room, "bo");
        ana.Post("before");
        await Expect(bo.Texts).ToHaveTextAsync(["before"]);

        await LoseNetworkAsync(bo);
        await bo.SendAsync("typed 1");
        await bo.SendAsync("typed 2");
        await Expect(bo.Log).ToContainTextAsync("Waiting to be sent");
        await FindNetworkAsync(bo);
        await bo.Page.ReloadAsync();

        await Expect(bo.Texts).ToHaveTextAsync(["before", "typed 1", "typed 2"]);
        await Expect(bo.Pending).ToHaveCountAsync(0);
        await bo.Page.ReloadAsync();
        await Expect(bo.Texts).ToHaveTextAsync(["before", "typed 1", "typed 2"]);
        Assert.Equal(["before", "typed 1", "typed 2"], heard.Texts);
    }

    [Fact]
    public async Task ALostAcknowledgementMakesNoDuplicate()
    {
        var room = NewRoom();
        var heard = Join(room, "ana").Reader;
        var bo = await JoinedAsync(room, "bo");

        // The server takes the message, and its acknowledgement never reaches the page.
        await bo.Page.EvaluateAsync("""
            () => {
              const send = WebSocket.prototype.send;
              WebSocket.prototype.send = function (data) {
                send.call(this, data);
                if (String(data).includes('SendMessage')) {
                  WebSocket.prototype.send = send;
                  this.onmessage = null;
                  setTimeout(() => this.close(), 500);
                }
              };
            }
            """);
        await bo.SendAsync("once");

        await Expect(bo.Pending).ToHaveCountAsync(0);
        await Expect(bo.Texts).ToHaveTextAsync(["once"]);
        Assert.Equal(["once"], heard.Texts);
        await bo.SendAsync("then");
        await heard.WaitForTextAsync("then");
        Assert.Equal(["once", "then"], heard.Texts);
    }

    [Fact]
    public async Task AConnectionCutInTheMiddleOfAMessageLosesDoublesAndReordersNothing()
    {
        var room = NewRoom();
        var heard = Join(room, "ana").Reader;
        var bo = await JoinedThroughProxyAsync(room, "bo");
        bo.AllowOutage();
        var texts = Enumerable.Range(1, 10).Select(n => $"message {n}").ToList();

        CutAfter(500);
        await bo.SendAllAsync(texts);

        await heard.WaitForTextAsync(texts[^1]);
        Assert.Equal(texts, heard.Texts);
        await Expect(bo.Pending).ToHaveCountAsync(0);
        await Expect(bo.Texts).ToHaveTextAsync(texts);
    }

    [Fact]
    public async Task SendingTooFastIsDelayedAndDoesNotFail()
    {
        var room = NewRoom();
        var heard = Join(room, "ana").Reader;
        var bo = await JoinedAsync(room, "bo");
        var texts = Enumerable.Range(1, 30).Select(n => $"message {n}").ToList();

        await bo.SendAllAsync(texts);

        await heard.WaitForTextAsync(texts[^1]);
        Assert.Equal(texts, heard.Texts);
        await Expect(bo.Pending).ToHaveCountAsync(0);
        await Expect(bo.Texts).ToHaveTextAsync(texts);
    }

    [Fact]
    public async Task ARefusedMessageGoesBackToTheComposerWithTheReason()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");

        await ana.SendAsync("ring \u0007");

        await Expect(ana.TextError).ToHaveTextAsync("That message contains characters that cannot be displayed.");
        await Expect(ana.Text).ToHaveValueAsync("ring \u0007");
        await ana.SendAsync("without");
        await Expect(ana.TextError).ToBeHiddenAsync();
        await Expect(ana.Texts).ToHaveTextAsync(["without"]);
    }

    [Fact]
    public async Task AMessageRefusedWhileAnotherIsBeingWrittenStaysInTheConversationWithTheReason()
    {
        var room = NewRoom();
        var ana = await JoinedThroughProxyAsync(room, "ana");

        await LoseNetworkAsync(ana);
        await ana.SendAsync("ring \u0007");
        await ana.Text.FillAsync("something else");
        await FindNetworkAsync(ana);
        await Expect(ana.Log).ToContainTextAsync(
            "Not sent: That message contains characters that cannot be displayed.");
        await ana.Button("Try again").ClickAsync();
        await Expect(ana.Log).ToContainTextAsync("Not sent:");
        await ana.Button("Discard").ClickAsync();

        await Expect(ana.Texts).ToHaveCountAsync(0);
        await Expect(ana.Text).ToHaveValueAsync("something else");
    }

    [Fact]
    public async Task WhatWasRefusedIsDiscardedThoughAMessageComesWhileTheButtonIsPressed()
    {
        var room = NewRoom();
        var ana = await JoinedThroughProxyAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        await LoseNetworkAsync(ana);
        await ana.SendAsync("ring \u0007");
        await ana.Text.FillAsync("something else");
        await FindNetworkAsync(ana);
        await ana.Button("Discard").HoverAsync();

        await ana.Page.Mouse.DownAsync();
        bo.Post("hello");
        await Expect(ana.Texts.Filter(new() { HasText = "hello" })).ToBeVisibleAsync();
        await ana.Page.Mouse.UpAsync();

        await Expect(ana.Texts).ToHaveTextAsync(["hello"]);
    }

    [Fact]
    public async Task AGapIsShownAtItsPlace()
    {
        var server = Keep(new ChatServer(
            ("Limits:History", "2"), ("Limits:ReplaySeconds", "1"), ("Limits:MessagesPerSecond", "0")));
        var room = server.Lobby.Create().OrFail().Code.ToString();
        var ana = Join(server, room, "ana").Member;
        var bo = await OpenAsync($"{server.Address}r/{room}");
        await bo.GiveNameAsync("bo");
        await bo.WaitUntilConnectedAsync();

        await bo.GoOfflineAsync();
        await Expect(bo.Connection).ToContainTextAsync("Reconnecting…");
        foreach (var text in (string[])["one", "two", "three", "four"]) ana.Post(text);
        var all = server.Lobby.Bytes;
        await Wait.UntilAsync(() => server.Lobby.Bytes <= all / 2, "the first two are let go");
        await bo.GoOnlineAsync();

        await Expect(bo.Log.Locator(".notice, .text")).ToHaveTextAsync(
            ["+ you and ana", "Some messages are no longer available.", "three", "four"]);
    }
}

[Trait("Browser", "Firefox")]
public sealed class OfflineForLongTests(Browser browser) : BrowserTest(browser, ("Limits:SeatSeconds", "4"))
{
    [Fact]
    public async Task OfflineForLongerThanTheSeatOnlyTheNoticesDiffer()
    {
        var room = NewRoom();
        var ana = await OpenInAnotherBrowserAsync($"/r/{room}");
        await ana.GiveNameAsync("ana");
        await ana.WaitUntilConnectedAsync();
        var bo = await JoinedThroughProxyAsync(room, "bo");

        await LoseNetworkAsync(bo);
        await bo.SendAsync("typed");
        await Expect(ana.Notices).ToHaveTextAsync(["+ you - bo"]);
        await ana.SendAsync("missed");
        await FindNetworkAsync(bo);

        await Expect(ana.Texts).ToHaveTextAsync(["missed", "typed"]);
        await Expect(bo.Texts).ToHaveTextAsync(["missed", "typed"]);
        await Expect(bo.Notices).ToHaveTextAsync(["+ ana - you", "+ you"]);
        await Expect(ana.Roster).ToHaveTextAsync(["ana", "bo"]);
    }
}
