using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class AccountTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task SigningUpKeepsTheNameInEveryRoomAndOverAReload()
    {
        var ana = await SignedUpAsync("Ana");
        await Expect(ana.Page.GetByRole(AriaRole.Link, new() { Name = "Ana" })).ToBeVisibleAsync();

        await ana.Page.ReloadAsync();
        await ana.Button("Create a room").ClickAsync();     // nobody asks for a name
        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Roster).ToHaveTextAsync(["Ana"]);
        await ana.SendAsync("it is me");
        await Expect(ana.Texts).ToHaveTextAsync(["it is me"]);
        var accountMarks = ana.Page.GetByRole(AriaRole.Img, new() { Name = "has an account" });
        await Expect(accountMarks).ToHaveCountAsync(2);     // in the roster and at the message
        await ana.Page.ReloadAsync();
        await ana.WaitUntilConnectedAsync();

        await ana.GoAsync("/");
        await ana.Button("Sign out").ClickAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Expect(ana.Name).ToHaveValueAsync("");
    }

    [Fact]
    public async Task AGuestIsToldThatANameBelongsToAnAccountAndMaySignIn()
    {
        await SignedUpAsync("Ana");
        var guest = await OpenInAnotherBrowserAsync($"/r/{NewRoom()}");

        await guest.GiveNameAsync("ana");
        await Expect(guest.NameError).ToContainTextAsync("belongs to an account");

        await guest.AskName.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        guest.AllowStatus(401);
        await guest.SignAsync("ana", "a wrong one");
        await Expect(guest.Page.Locator("#password-error"))
            .ToHaveTextAsync("Wrong name or password.");
        await Expect(guest.Password).ToHaveValueAsync("");
        await guest.SignAsync("ana");
        await guest.WaitUntilConnectedAsync();      // back where the name was asked for
        await Expect(guest.Roster).ToHaveTextAsync(["Ana"]);
    }

    [Fact]
    public async Task TwoPeopleWithAccountsChatDirectlyAndFindEachOther()
    {
        var ana = await SignedUpAsync("Ana");
        var bo = await SignedUpAsync("Bo", await OpenInAnotherBrowserAsync("/account/sign-up"));
        ana.AllowStatus(404);
        var none = bo.Page.GetByText("None yet.");
        await Expect(none).ToBeVisibleAsync();

        await ana.ChatWithAsync("Nobody");
        await Expect(ana.Page.Locator("#with-error"))
            .ToHaveTextAsync("Nobody else has an account with that name.");
        await ana.ChatWithAsync("bo");
        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = "Chat with Bo" })).ToBeVisibleAsync();
        await Expect(ana.Page.Locator("#alone")).ToContainTextAsync("Bo is not here right now");
        await Expect(ana.RoomCode).ToBeHiddenAsync();
        await ana.SendAsync("are you there?");

        // Bo's home page was open already and is not loaded again.
        await Expect(bo.DirectChats).ToHaveTextAsync(["Ana 1 new wants to chat with you, 1 there now"]);
        await Expect(none).ToBeHiddenAsync();
        await Expect(bo.Page).ToHaveTitleAsync("(1) RoomChat");
        await bo.DirectChats.GetByRole(AriaRole.Link).ClickAsync();
        await bo.WaitUntilConnectedAsync();
        await Expect(bo.Texts).ToHaveTextAsync(["are you there?"]);
        await bo.SendAsync("yes");
        await Expect(ana.Texts).ToHaveTextAsync(["are you there?", "yes"]);

        var path = new Uri(ana.Page.Url).PathAndQuery;
        var stranger = await OpenInAnotherBrowserAsync(path, status: 404);
        await Expect(stranger.Page.GetByRole(AriaRole.Heading, new() { Name = "No such room" })).ToBeVisibleAsync();

        await ana.Button("Leave").ClickAsync();
        await Expect(ana.DirectChats).ToHaveTextAsync(["Bo you asked, 1 there now"]);
        await Expect(ana.Page).ToHaveTitleAsync("RoomChat");
        await bo.SendAsync("still there?");
        await ana.HideAsync(true);
        await Expect(ana.Page).ToHaveTitleAsync("(1) RoomChat", new() { Timeout = 10_000 });
        await ana.Page.ReloadAsync();
        await Expect(ana.Page).ToHaveTitleAsync("(1) RoomChat");
        await ana.DirectChats.GetByRole(AriaRole.Link).ClickAsync();
        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Texts).ToHaveTextAsync(["are you there?", "yes", "still there?"]);
    }

    [Fact]
    public async Task AChangedPasswordSignsOutEverywhereElse()
    {
        var here = await SignedUpAsync("Ana");
        var there = await OpenInAnotherBrowserAsync("/account/sign-in");
        await there.SignAsync("Ana");
        await there.Button("Create a room").ClickAsync();
        await there.WaitUntilConnectedAsync();

        await here.GoAsync("/account");
        await here.Page.GetByLabel("Current password").FillAsync(Window.GoodPassword);
        await here.Page.GetByLabel("New password").FillAsync("another horse");
        await here.Button("Change password").ClickAsync();
        await Expect(here.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Password changed");

        await Expect(there.Banner).ToContainTextAsync("signed out");
        await there.GoAsync("/");
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await here.GoAsync("/");
        await Expect(here.Button("Sign out")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AnotherSessionIsSeenAndEnded()
    {
        var here = await SignedUpAsync("Ana");
        var there = await OpenInAnotherBrowserAsync("/account/sign-in");
        await there.SignAsync("Ana");
        await there.Button("Create a room").ClickAsync();
        await there.WaitUntilConnectedAsync();

        await here.Page.GetByRole(AriaRole.Link, new() { Name = "Ana" }).ClickAsync();
        var sessions = here.Page.GetByRole(AriaRole.Region, new() { Name = "Where you are signed in" })
            .GetByRole(AriaRole.Listitem);
        await Expect(sessions).ToHaveCountAsync(2);
        await Expect(sessions.First).ToContainTextAsync("Browser this one since");
        await here.Button("Sign it out").ClickAsync();

        await Expect(sessions).ToHaveCountAsync(1);
        await Expect(there.Banner).ToContainTextAsync("signed out");
        await there.GoAsync("/");
        await Expect(there.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WhoDeletesTheAccountIsAGuestAgainAndTheOtherSeesThatTheChatHasEnded()
    {
        var ana = await SignedUpAsync("Ana");
        var bo = await SignedUpAsync("Bo", await OpenInAnotherBrowserAsync("/account/sign-up"));
        await bo.ChatWithAsync("Ana");
        await bo.WaitUntilConnectedAsync();
        await bo.SendAsync("are you there?");

        await ana.GoAsync("/account");
        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Delete the account…" }).ClickAsync();
        await Expect(ana.Page.Locator(".lead")).ToContainTextAsync("anybody can take your name");
        await ana.Page.GetByLabel("Current password").FillAsync(Window.GoodPassword);
        await ana.Button("Delete the account").ClickAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your account is deleted");

        await Expect(bo.Banner).ToContainTextAsync("This room has been closed. What you see here stays.");
        await Expect(bo.Texts).ToHaveTextAsync(["are you there?"]);
        await ana.GoAsync("/");
        await Expect(ana.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AGuestIsGivenAnotherNameWhenItsOwnerComesAndTalksOn()
    {
        var room = NewRoom();
        var guest = await JoinedAsync(room, "ana");
        await guest.SendAsync("hello");
        var ana = await SignedUpAsync("Ana", await OpenInAnotherBrowserAsync("/account/sign-up"));
        await ana.GoAsync($"/r/{room}");
        await ana.WaitUntilConnectedAsync();

        var toast = guest.Page.Locator("#toast");
        await Expect(toast).ToContainTextAsync("so you are Ana 2 now");
        Assert.Equal(await ColorOfAsync(toast), await ColorOfAsync(toast.Locator(".name")));
        await Expect(guest.Log).ToContainTextAsync("Your name belongs to an account, so you are Ana 2 now.");
        await Expect(ana.Log).ToContainTextAsync("ana is Ana 2 now: that name belongs to an account");
        await Expect(guest.Roster).ToHaveTextAsync(["Ana 2", "Ana"]);
        await guest.SendAsync("/nick anna");
        await Expect(ana.Roster).ToHaveTextAsync(["Ana", "anna"]);     // oneself first
        await guest.SendAsync("it is still me");
        await ana.SendAsync("and me");
        await Expect(guest.Texts).ToHaveTextAsync(["hello", "it is still me", "and me"]);
    }

    [Fact]
    public async Task ACommonPasswordIsRefusedBesideItsField()
    {
        var ana = await OpenAsync("/account/sign-up");
        ana.AllowStatus(400);
        await ana.SignAsync("Ana", "password1");

        await Expect(ana.Page.Locator("#password-error")).ToContainTextAsync("passwords that are guessed first");
        await ana.SignAsync("Ana");
        await Expect(ana.Button("Sign out")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ADirectChatAsksToSignInWhenTheSessionEnded()
    {
        var ana = await SignedUpAsync("Ana");
        await SignedUpAsync("Bo", await OpenInAnotherBrowserAsync("/account/sign-up"));
        await ana.ChatWithAsync("Bo");
        await ana.WaitUntilConnectedAsync();

        var home = await OpenAsync();
        await home.Button("Sign out").ClickAsync();
        await Expect(ana.Banner).ToContainTextAsync("You have been signed out.");
        await ana.Button("Come back").ClickAsync();
        await Expect(ana.Banner).ToContainTextAsync("You are not signed in.");
        await ana.Button("Sign in").ClickAsync();
        await ana.SignAsync("Ana");
        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = "Chat with Bo" })).ToBeVisibleAsync();
    }

    private static Task<string> ColorOfAsync(ILocator element) =>
        element.EvaluateAsync<string>("(shown) => getComputedStyle(shown).color");
}
