using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class HomeTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task ARefusedNameStaysInTheFieldWithTheReasonBesideIt()
    {
        var ana = await OpenAsync();
        ana.AllowStatus(400);
        await ana.Name.FillAsync("a name of twenty-one!");
        await ana.Button("Create a room").ClickAsync();

        await Expect(ana.NameError).ToContainTextAsync("That name cannot be used here.");
        await Expect(ana.Name).ToHaveValueAsync("a name of twenty-one!");

        await ana.Name.FillAsync("ana");
        await ana.Button("Create a room").ClickAsync();
        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);
    }

    [Fact]
    public async Task ACodeWithoutARoomStaysInTheFieldWithTheReasonBesideItAndTheNameStaysToo()
    {
        var bo = await OpenAsync();
        bo.AllowStatus(400);
        bo.AllowStatus(404);
        await bo.Name.FillAsync("bo");
        foreach (var code in new[] { "K7M 2Q", "", "K7M 2Q!", "000 000" })
        {
            await bo.Code.FillAsync(code);
            await bo.Button("Join").ClickAsync();
            await Expect(bo.CodeError).ToContainTextAsync(
                code == "000 000" ? "There is no room with that code." : "A code is six letters and digits");
            await Expect(bo.Code).ToHaveValueAsync(code);
            await Expect(bo.Name).ToHaveValueAsync("bo");
        }
    }

    [Fact]
    public async Task ATypedCodeIsGroupedAndAPastedLinkIsReducedToItsCode()
    {
        var room = NewRoom();
        var bo = await OpenAsync();
        await bo.Code.PressSequentiallyAsync("k7m2-qx");
        await Expect(bo.Code).ToHaveValueAsync("K7M 2QX");

        await bo.Code.FillAsync($"{Server.Address}r/{room}?from=mail");
        await Expect(bo.Code).ToHaveValueAsync($"{room[..3]} {room[3..]}");
        await bo.Button("Join").ClickAsync();
        await Expect(bo.Page).ToHaveURLAsync($"/r/{room}");
    }

    [Fact]
    public async Task ACodeAmongOtherWordsIsFoundWhetherItIsTypedOrPasted()
    {
        await Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var room = NewRoom();
        var bo = await OpenAsync();
        await bo.Name.FillAsync("bo");
        await bo.Code.PressSequentiallyAsync($"room {room}");
        await bo.Button("Join").ClickAsync();
        await Expect(bo.Page).ToHaveURLAsync($"/r/{room}");

        await bo.GoAsync("/");
        await bo.Page.EvaluateAsync(
            "(words) => navigator.clipboard.writeText(words)", $"\"{room.ToLowerInvariant()}\".");
        await bo.Code.PressAsync("Control+V");
        await Expect(bo.Code).ToHaveValueAsync($"{room[..3]} {room[3..]}");
    }

    [Fact]
    public async Task AButtonShowsThatItIsWorking()
    {
        var ana = await OpenAsync();
        await ana.Name.FillAsync("ana");
        var busy = await ana.Button("Create a room")
            .EvaluateAsync<string?>("(button) => { button.click(); return button.ariaBusy; }");
        Assert.Equal("true", busy);
        await ana.WaitUntilConnectedAsync();
    }

    [Fact]
    public async Task ACodeMayBeTypedInAnyCaseWithSpacesAndWithLettersThatLookLikeDigits()
    {
        const string room = "K0M1QX";
        Server.Lobby.Reopen(room);
        var bo = await OpenAsync();
        foreach (var typed in Spellings(room))
        {
            await bo.GoAsync("/");
            await bo.Name.FillAsync("bo");
            await bo.Code.FillAsync(typed);
            await bo.Button("Join").ClickAsync();
            await Expect(bo.Page).ToHaveURLAsync($"/r/{room}");
            await bo.WaitUntilConnectedAsync();
        }
    }

    [Fact]
    public async Task ALinkWithoutARoomOffersToMakeANewOne()
    {
        var bo = await JoinedAsync(NewRoom(), "bo");
        bo.AllowStatus(404);
        foreach (var link in new[] { "/r/000000", "/r/%3Cimg%20src=x%20onerror=alert(1)%3E", "/r/nonsense" })
        {
            await bo.GoAsync(link);
            await Expect(bo.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("No such room");
        }
        await bo.Button("Create a new room").ClickAsync();

        await bo.WaitUntilConnectedAsync();
        await Expect(bo.Roster).ToHaveTextAsync(["bo"]);
    }

    [Fact]
    public async Task ACodeWithoutARoomCanBeCorrectedWhereThatIsSaid()
    {
        var room = NewRoom();
        var wrong = (room[0] == '0' ? '1' : '0') + room[1..];
        var bo = await OpenAsync($"/r/{wrong.ToLowerInvariant()}", status: 404);
        await Expect(bo.Code).ToHaveValueAsync($"{wrong[..3]} {wrong[3..]}");

        await bo.Code.FillAsync(room);
        await bo.Button("Join").ClickAsync();
        await Expect(bo.Page).ToHaveURLAsync($"/r/{room}");
    }

    [Fact]
    public async Task APersonWithoutANameIsAskedForOneBeforeANewRoomIsMade()
    {
        var bo = await OpenAsync("/r/000000", status: 404);
        bo.AllowStatus(400);
        await bo.Button("Create a new room").ClickAsync();

        await Expect(bo.NameError).ToHaveTextAsync("Enter a name that others will see.");
    }

    [Fact]
    public async Task TheLastNameUsedIsOfferedAgain()
    {
        await JoinedAsync(NewRoom(), "ana");

        var another = await OpenAsync();

        await Expect(another.Name).ToHaveValueAsync("ana");
    }

    [Fact]
    public async Task RecentRoomsAreListedNewestFirstAndLeadThere()
    {
        string first = NewRoom(), second = NewRoom();
        var home = await JoinedAsync(first, "ana");
        await home.GoAsync($"/r/{second}");
        await home.WaitUntilConnectedAsync();

        await home.GoAsync("/");
        await Expect(home.RecentRoomLinks).ToHaveTextAsync([second, first]);
        await home.RecentRoomLinks.Last.ClickAsync();
        await Expect(home.Page).ToHaveURLAsync($"/r/{first}");
    }

    private static string[] Spellings(string room) =>
    [
        room.ToLowerInvariant(),
        $" {room[..2]} {room[2..4]} - {room[4..]} ",
        room.Replace('0', 'O').Replace('1', 'l'),
    ];
}

public sealed class ClosedRoomTests(Browser browser) : BrowserTest(browser, ("Limits:EmptyRoomSeconds", "1"))
{
    [Fact]
    public async Task ARecentRoomIsForgottenOnceItsPageSaysThatTheRoomIsGone()
    {
        var room = NewRoom();
        var keeper = Join(room, "keeper").Member;
        var ana = await JoinedAsync(room, "ana");
        await ana.Button("Leave").ClickAsync();
        keeper.Room.Leave(keeper);
        await Wait.UntilAsync(() => !Server.Lobby.Find(room).TryGet(out _, out _), "the empty room to be closed");

        ana.AllowStatus(404);
        await ana.RecentRoomLinks.ClickAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("No such room");
        await ana.WaitUntilLoadedAsync();       // its script has forgotten the room by then
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Home" }).ClickAsync();
        await Expect(ana.Name).ToHaveValueAsync("ana");
        await Expect(ana.RecentRooms).ToBeHiddenAsync();
    }
}
