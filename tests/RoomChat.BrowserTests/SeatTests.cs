using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class SeatTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    [Trait("Browser", "Firefox")]
    public async Task AReloadKeepsTheNameShowsTheHistoryAndIsNotNoticed()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = await JoinedAsync(room, "bo");
        await bo.SendAsync("before");
        await Expect(ana.Texts).ToHaveTextAsync(["before"]);

        await bo.Page.ReloadAsync();
        await bo.WaitUntilConnectedAsync();
        await Expect(bo.AskName).ToBeHiddenAsync();
        await Expect(bo.Texts).ToHaveTextAsync(["before"]);
        await Expect(bo.Roster).ToHaveTextAsync(["bo", "ana"]);

        await bo.SendAsync("after");
        await Expect(ana.Texts).ToHaveTextAsync(["before", "after"]);
        await Expect(ana.Groups.Last.Locator(".from")).ToHaveTextAsync("bo");
        await Expect(ana.Notices).ToHaveTextAsync(["+ you and bo"]);
        await Expect(bo.Notices).ToHaveTextAsync(["+ you and ana"]);
        await Expect(ana.Roster).ToHaveTextAsync(["ana", "bo"]);
    }

    [Fact]
    public async Task ADuplicatedTabAsksBeforeItTakesOverAndTheFirstCanTakeBack()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var first = await JoinedAsync(room, "bo");

        var second = await DuplicateAsync(first);
        await Expect(second.Banner).ToContainTextAsync("This room is open in another tab.");
        await second.Page.ReloadAsync();
        await Expect(second.Banner).ToContainTextAsync("This room is open in another tab.");
        await Expect(first.Connection).ToHaveTextAsync("Connected");
        await second.Button("Use here").ClickAsync();
        await second.WaitUntilConnectedAsync();
        await Expect(first.Banner).ToContainTextAsync("This room is open in another tab.");
        await second.SendAsync("from the second");
        await Expect(ana.Texts).ToHaveTextAsync(["from the second"]);

        await first.Button("Use here").ClickAsync();
        await first.WaitUntilConnectedAsync();
        await Expect(second.Banner).ToContainTextAsync("This room is open in another tab.");
        await Expect(first.Banner).ToBeHiddenAsync();
        await Expect(first.Texts).ToHaveTextAsync(["from the second"]);
        await first.SendAsync("from the first");
        await Expect(ana.Texts).ToHaveTextAsync(["from the second", "from the first"]);

        await Expect(second.Page.Locator("#room"))
            .ToHaveAttributeAsync("data-connection", "ended");      // does not take back by itself
        await Expect(first.Connection).ToHaveTextAsync("Connected");
        await Expect(ana.Notices).ToHaveTextAsync(["+ you and bo"]);
        Assert.Equal(2, Server.Connections);
    }

    [Fact]
    public async Task ADuplicatedTabAsksAlsoWhereTheFirstHasNoTimeToAnswer()
    {
        var first = await JoinedAsync(NewRoom(), "bo");
        await first.Page.EvaluateAsync("() => { BroadcastChannel.prototype.postMessage = () => undefined; }");

        var second = await DuplicateAsync(first);

        await Expect(second.Banner).ToContainTextAsync("This room is open in another tab.");
        await Expect(first.Connection).ToHaveTextAsync("Connected");
    }

    [Fact]
    public async Task ALockThatTheBrowserRefusesIsAskedForAgain()
    {
        var first = await OpenAsync("/");
        await first.Page.AddInitScriptAsync(
            """
            const { request } = LockManager.prototype;
            LockManager.prototype.request = function () {
              LockManager.prototype.request = request;
              return Promise.reject(new Error('The provided callback is no longer runnable.'));
            };
            """);
        await first.Page.GotoAsync($"{Server.Address}r/{NewRoom()}");
        await first.GiveNameAsync("bo");
        await first.WaitUntilConnectedAsync();

        var second = await DuplicateAsync(first);

        await Expect(second.Banner).ToContainTextAsync("This room is open in another tab.");
    }

    [Fact]
    public async Task WithoutLocksTheTabsAskEachOther()
    {
        var first = await JoinedAsync(NewRoom(), "bo");
        await first.Page.Context.AddInitScriptAsync("delete Navigator.prototype.locks;");

        var second = await DuplicateAsync(first);

        await Expect(second.Banner).ToContainTextAsync("This room is open in another tab.");
    }

    [Fact]
    public async Task ATabThatCrashedTakesItsSeatBack()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = await JoinedAsync(room, "bo");
        await bo.Page.EvaluateAsync(
            "addEventListener('pagehide', () => sessionStorage.setItem('seatInUse', 'true'))");

        await bo.Page.ReloadAsync();

        await bo.WaitUntilConnectedAsync();
        await Expect(ana.Notices).ToHaveTextAsync(["+ you and bo"]);
    }

    [Fact]
    public async Task GoingHomeSaysThatTheRoomIsLeftAndLeadsBack()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = await JoinedAsync(room, "bo");

        await bo.Page.GetByRole(AriaRole.Link, new() { Name = "RoomChat, home" }).ClickAsync();
        var left = bo.Page.Locator("#left-room");
        await Expect(left).ToContainTextAsync($"You left room {room}.");
        await left.GetByRole(AriaRole.Link, new() { Name = "Go back" }).ClickAsync();
        await bo.WaitUntilConnectedAsync();
        await Expect(ana.Notices).ToHaveTextAsync(["+ you and bo"]);

        await bo.Button("Leave").ClickAsync();
        await Expect(bo.RecentRooms).ToBeVisibleAsync();
        await Expect(left).ToBeHiddenAsync();
    }

    [Fact]
    public async Task OneTabMayBeInTwoRoomsOneAfterTheOtherUnderItsName()
    {
        string first = NewRoom(), second = NewRoom();
        var ana = await JoinedAsync(first, "ana");

        await ana.GoAsync($"/r/{second}");

        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);
    }
}

public sealed class AwayTests(Browser browser) : BrowserTest(browser, ("Limits:AwaySeconds", "1"))
{
    [Fact]
    public async Task ClosingTheTabRemovesThePersonSoon()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = await JoinedAsync(room, "bo");
        await Expect(ana.Roster).ToHaveCountAsync(2);

        await bo.Page.CloseAsync(new PageCloseOptions { RunBeforeUnload = true });

        // A seat whose connection just broke would be kept for longer than this waits.
        await Expect(ana.Notices).ToHaveTextAsync(["+ you - bo"]);
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);
    }
}
