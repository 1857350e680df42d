using System.Collections.Concurrent;
using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>What is said in a sealed room is for those who have its link.</summary>
public sealed class SealedRoomTests(Browser browser) : BrowserTest(browser)
{
    private const string Said = "the gold is under the elder tree", Edited = "the gold is in the well",
        Answer = "I shall fetch a rope", Title = "Treasure hunters";

    private readonly ConcurrentQueue<string> _sent = new();

    [Fact]
    public async Task NeitherKeyNorTextsLeaveTheBrowsersThatHaveTheLink()
    {
        var redis = Keep(new RedisServer(appendFsync: "always"));
        var server = Keep(await ServerProcess.ListeningAsync(
            $"--RoomChat:Redis={redis.Setting}", "--Serilog:MinimumLevel:Default=Debug"));
        var ana = Listening(await OpenAsync($"{server.Address}"));
        await ana.MakeSealedRoomAsync("ana");
        var key = ana.Page.Url.Split("#k=")[1];
        var bo = Listening(await OpenInAnotherBrowserAsync(ana.Page.Url));
        await bo.GiveNameAsync("bo");
        await bo.WaitUntilConnectedAsync();
        await ana.SendAsync(Said);
        await Expect(bo.Texts).ToHaveTextAsync([Said]);
        await ana.ActAsync(Said, "Edit");
        await ana.SendAsync(Edited);
        await Expect(bo.Texts).ToHaveTextAsync([Edited]);
        await bo.ActAsync(Edited, "Answer");
        await bo.SendAsync(Answer);
        await Expect(ana.Quotes).ToContainTextAsync(Edited);
        await ana.ToFrontAsync();
        await ana.Button("About this room").ClickAsync();
        await ana.Button("Name the room…").ClickAsync();
        await ana.Page.Locator("#act-text").FillAsync(Title);
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(bo.Page.Locator("#room-title")).ToHaveTextAsync(Title);

        await bo.Page.ReloadAsync();
        await Expect(bo.Texts).ToHaveTextAsync([Edited, Answer]);
        await Expect(bo.Page.Locator("#room-title")).ToHaveTextAsync(Title);
        Assert.EndsWith($"#k={key}", bo.Page.Url, StringComparison.Ordinal);
        var second = Keep(await ServerProcess.ListeningAsync($"--RoomChat:Redis={redis.Setting}"));
        var cy = await OpenInAnotherBrowserAsync(bo.Page.Url.Replace(
            $"{server.Address}", $"{second.Address}", StringComparison.Ordinal));
        await cy.GiveNameAsync("cy");
        await Expect(cy.Texts).ToHaveTextAsync([Edited, Answer]);
        await ana.GoAsync($"{server.Address}");

        var memory = MemoryDump.Of(server);
        var stored = redis.ReadFiles();
        Assert.Contains("v1.", stored, StringComparison.Ordinal);
        foreach (var secret in new[] { key, Said, Edited, Answer, Title })
        {
            AssertNotSent(secret);
            Assert.DoesNotContain(server.Output, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
            Assert.Equal(0, MemoryDump.Count(memory, secret));
        }
        var shown = $"ana: [sealed, {Said.Length} bytes]";
        Assert.Contains(server.Output, line => line.EndsWith(shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AfterARestartItIsSealedAgainUnderItsKey()
    {
        var address = ServerProcess.FreeAddress();
        Window ana, bo;
        string link;
        using (await ServerProcess.AtAsync(address))
        {
            ana = Listening(await OpenAsync($"{address}"));
            await ana.MakeSealedRoomAsync("ana");
            link = ana.Page.Url;
            bo = await OpenInAnotherBrowserAsync(link);
            await bo.GiveNameAsync("bo");
            await bo.WaitUntilConnectedAsync();
            await bo.SendAsync("before");
            await Expect(ana.Texts).ToHaveTextAsync(["before"]);
            ana.AllowOutage();
            bo.AllowOutage();
        }
        await Expect(ana.Connection).Not.ToHaveTextAsync("Connected");
        await ana.SendAsync("meanwhile");

        var again = Keep(await ServerProcess.AtAsync(address));
        await ana.Button("Reopen room").ClickAsync();
        await ana.WaitUntilConnectedAsync();
        await bo.WaitUntilConnectedAsync();
        await bo.SendAsync("after");

        await Expect(ana.Texts).ToHaveTextAsync(["before", "meanwhile", "after"]);
        await Expect(bo.Texts).ToHaveTextAsync(["before", "meanwhile", "after"]);
        Assert.Equal(link, ana.Page.Url);
        AssertNotSent(link.Split("#k=")[1]);
        AssertNotSent("meanwhile");
        Assert.DoesNotContain(again.Output, line => line.Contains("meanwhile", StringComparison.Ordinal));
        Assert.Contains(again.Output, line => line.Contains("ana: [sealed, 9 bytes]", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Browser", "Firefox")]
    public async Task TheCodeAloneOpensNothingAndAWrongKeyJoinsNothing()
    {
        var (ana, link) = await TwoInASealedRoomAsync();
        await ana.SendAsync(Said);
        var eve = await OpenInAnotherBrowserAsync();
        await eve.Code.FillAsync(link.Split('/', '#')[^2]);
        await eve.Page.Locator("#join-form button").ClickAsync();
        var field = eve.Page.GetByLabel("Link of the room");
        var error = eve.Page.Locator("#key-error");
        await Expect(eve.Page.GetByText("Its six characters alone do not open it.")).ToBeVisibleAsync();

        await field.FillAsync(link.Split('#')[0]);
        await eve.Button("Open").ClickAsync();
        await Expect(error).ToContainTextAsync("That link has no key");
        await field.FillAsync($"{link.Split('#')[0]}#k={Sealing.NewKey()}");
        await eve.Button("Open").ClickAsync();
        await eve.GiveNameAsync("eve");
        await Expect(error).ToHaveTextAsync("That is not the key of this room.");
        await Expect(ana.Roster).ToHaveTextAsync(["Ana", "Bo"]);
        await Expect(eve.Texts).ToHaveCountAsync(0);

        await field.FillAsync(link);
        await eve.Button("Open").ClickAsync();
        await eve.WaitUntilConnectedAsync();
        await Expect(eve.Texts).ToHaveTextAsync([Said]);
    }

    [Fact]
    public async Task TheKeyIsKeptByRecentRoomsByAPastedLinkAndBySigningIn()
    {
        var (ana, link) = await TwoInASealedRoomAsync();
        Listening(ana);
        await ana.Button("Leave").ClickAsync();
        await ana.RecentRoomLinks.ClickAsync();
        await ana.WaitUntilConnectedAsync();
        Assert.Equal(link, ana.Page.Url);
        // The code alone is enough where the browser knows the rest, and all of it is shared.
        await ana.GoAsync(link.Split('#')[0]);
        await ana.WaitUntilConnectedAsync();
        await ana.Button("Share").ClickAsync();
        await Expect(ana.Page.GetByLabel("Link", new() { Exact = true })).ToHaveValueAsync(link);
        await ana.QrCodeIsDrawnAsync();
        await ana.Button("Close").ClickAsync();

        var cy = Listening(await OpenInAnotherBrowserAsync());
        await cy.Code.FillAsync(link);
        await cy.Page.Locator("#join-form button").ClickAsync();
        await cy.Page.Locator("#name-dialog").GetByText("Sign in").ClickAsync();
        await cy.Page.GetByText("Sign up").First.ClickAsync();
        await cy.SignAsync("Cy");
        await cy.GoAsync($"/r/{link.Split('/', '#')[^2]}");
        await cy.WaitUntilConnectedAsync();
        Assert.Equal(link, cy.Page.Url);
        await cy.SendAsync("found it");
        await Expect(ana.Texts).ToHaveTextAsync(["found it"]);
        AssertNotSent(link.Split("#k=")[1]);
        AssertNotSent("found it");
    }

    [Fact]
    public async Task TheKeyOfAPastedLinkIsNotTakenToAnotherRoom()
    {
        var (_, link) = await TwoInASealedRoomAsync();
        var cy = await OpenInAnotherBrowserAsync();
        await cy.Code.FillAsync(link);
        await cy.Code.FillAsync(NewRoom());
        await cy.Page.Locator("#join-form button").ClickAsync();

        await cy.GiveNameAsync("Cy");
        await cy.WaitUntilConnectedAsync();
    }

    [Fact]
    public async Task AMessageThatIsLostOnTheWayIsSealedAgainAndReadOnce()
    {
        var maker = await OpenAsync();
        await maker.MakeSealedRoomAsync("ana");
        var bo = await JoinedThroughProxyAsync(maker.Page.Url.Split("/r/")[1], "bo");
        CutAfter(120);

        bo.AllowOutage();
        await bo.SendAsync("on a bad line");

        await Expect(maker.Texts).ToHaveTextAsync(["on a bad line"]);
        await bo.WaitUntilConnectedAsync();
        await Expect(bo.Pending).ToHaveCountAsync(0);
        await Expect(bo.Texts).ToHaveTextAsync(["on a bad line"]);
    }

    [Fact]
    public async Task WhatDoesNotOpenIsSaidToBeSoAndWhatIsReplayedToo()
    {
        var (ana, link) = await TwoInASealedRoomAsync();
        const string NotOpened = "This cannot be opened: it was altered, or sealed with another key.";

        var events = await SayAsync(
            link, "program", at => at.Sealing.SealMessage(at.Epoch, at.Who, "m-1", "well sealed"));
        await Expect(ana.Texts).ToHaveTextAsync(["well sealed"]);
        var replayed = events.GetProperty("events").EnumerateArray().Last().GetProperty("text").GetString()!;
        await SayAsync(link, "replayer", _ => replayed);
        await Expect(ana.Texts).ToHaveTextAsync(["well sealed", NotOpened]);
        await SayAsync(link, "stranger", at =>
            new Sealing(Sealing.NewKey(), "K7M2QX").SealMessage(at.Epoch, at.Who, "m-1", "from elsewhere"));
        await Expect(ana.Texts).ToHaveTextAsync(["well sealed", NotOpened, NotOpened]);
    }

    [Fact]
    public async Task EverybodySeesTheSameSigns()
    {
        var (ana, link) = await TwoInASealedRoomAsync();
        var bo = await OpenInAnotherBrowserAsync(link);

        var signs = await ana.Page.Locator("#room-signs").TextContentAsync();
        Assert.Equal(4, signs!.Split(' ').Length);
        await Expect(bo.Page.Locator("#room-signs")).ToHaveTextAsync(signs);
    }

    [Fact]
    public async Task AfterARemovalTheOthersAreInvitedToANewSealedRoomInOneTap()
    {
        var (ana, link) = await TwoInASealedRoomAsync();
        var cy = await OpenInAnotherBrowserAsync(link);
        await cy.GiveNameAsync("Cy");
        await cy.WaitUntilConnectedAsync();
        await ana.ToFrontAsync();
        await ana.Text.FillAsync("half a thought");
        await ana.Page.GetByLabel("What you can do about Bo").ClickAsync();
        await ana.Button("Remove…").ClickAsync();
        await ana.Button("Remove").ClickAsync();

        await ana.Toast.GetByText("New sealed room").ClickAsync();
        var invitation = cy.Page.GetByRole(AriaRole.Log).GetByRole(AriaRole.Link);
        await Expect(invitation).ToHaveCountAsync(1);
        await Expect(ana.Text).ToHaveValueAsync("half a thought");
        await Expect(ana.Page.GetByRole(AriaRole.Img, new() { Name = "locked" })).ToBeVisibleAsync();
        await ana.Toast.GetByText("Go there").ClickAsync();
        await ana.WaitUntilConnectedAsync();
        await cy.ToFrontAsync();
        var next = Watch(await cy.Page.RunAndWaitForPopupAsync(() => invitation.ClickAsync()));
        await next.GiveNameAsync("Cy");
        await next.WaitUntilConnectedAsync();

        Assert.NotEqual(link, next.Page.Url);
        Assert.Equal(ana.Page.Url, next.Page.Url);
        await next.SendAsync("here we are");
        await Expect(ana.Texts).ToHaveTextAsync(["here we are"]);
    }

    [Fact]
    public async Task WithoutHttpsThePageSaysThatItIsNeeded()
    {
        var server = Keep(await ServerProcess.ListeningAsync("--urls=http://0.0.0.0:0"));
        var address = await server.AddressOnNetworkAsync();
        var ana = await OpenAsync($"{address}");
        ana.AllowPlainHttp();
        await Expect(ana.Page.GetByLabel("Sealed", new() { Exact = true })).ToBeDisabledAsync();
        await Expect(ana.Page.GetByText("A sealed room needs https")).ToBeVisibleAsync();
        using var http = new HttpClient { BaseAddress = server.Announced[0] };
        using var made = await http.PostAsJsonAsync(
            "/api/rooms", new { @sealed = true }, TestContext.Current.CancellationToken);
        var room = made.Headers.Location!.ToString().Split('/')[^1];

        await ana.GoAsync($"{address}r/{room}#k={Sealing.NewKey()}");

        await Expect(ana.Banner).ToContainTextAsync("That needs https");
    }

    /// <summary>
    /// Collects what the page sends: addresses without what is behind #, headers, bodies and frames, of which Firefox
    /// tells nothing.
    /// </summary>
    private Window Listening(Window window)
    {
        window.Page.Request += (_, request) => _sent.Enqueue(
            $"{request.Method} {request.Url.Split('#')[0]} {string.Join(' ', request.Headers)} {request.PostData}");
        window.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => _sent.Enqueue(frame.Text ?? "");
        return window;
    }

    private void AssertNotSent(string secret)
    {
        Assert.Contains(_sent, line => line.Contains("JoinRoom", StringComparison.Ordinal));
        Assert.DoesNotContain(_sent, line => line.Contains(secret, StringComparison.Ordinal));
    }
}
