using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class PhoneTests(Browser browser) : BrowserTest(browser)
{
    private protected override BrowserNewContextOptions Options => new()
    {
        ViewportSize = new() { Width = 390, Height = 780 },
        HasTouch = true,
        IsMobile = true,
        DeviceScaleFactor = 2,
    };

    [Fact]
    public async Task EnterBreaksTheLineAndTheButtonSends()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Text.TapAsync();
        await ana.Page.Keyboard.TypeAsync("one");
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.Keyboard.TypeAsync("two");
        await ana.Button("Send").TapAsync();

        await Expect(ana.Texts).ToHaveTextAsync(["one\ntwo"], new() { UseInnerText = true });
    }

    [Fact]
    public async Task ThePeopleAreInADrawer()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Join(room, "bo");
        var drawer = ana.Page.Locator("#people");
        await Expect(drawer).ToBeHiddenAsync();

        await ana.Button("2 here").TapAsync();
        await Expect(ana.Roster).ToHaveTextAsync(["ana", "bo"]);
        await Expect(drawer).ToBeInViewportAsync();
        await ana.Button("Close").TapAsync();
        await Expect(drawer).ToBeHiddenAsync();

        await ana.Button("2 here").TapAsync();
        await ana.Page.Touchscreen.TapAsync(20, 400);    // beside the drawer
        await Expect(drawer).ToBeHiddenAsync();

        await ana.Button("2 here").TapAsync();
        await ana.Button("Share this room").TapAsync();
        await Expect(ana.Page.Locator("#share-dialog")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ALongPressOpensTheMenuOfAMessageAndLiftingTheFingerLeavesItOpen()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.SendAsync("at ten");
        var message = await ana.Page.Locator(".message[data-seq]").BoundingBoxAsync();
        var finger = await ana.Page.Context.NewCDPSessionAsync(ana.Page);
        var menu = ana.Page.Locator("#message-menu");

        await TouchAsync("touchStart", new { x = message!.X + 20, y = message.Y + 10 });
        await Expect(menu).ToBeVisibleAsync();
        await TouchAsync("touchEnd");
        await Expect(ana.Page.Locator("#edit-message")).ToBeVisibleAsync();
        await ana.Page.Locator("#edit-message").TapAsync();

        await Expect(ana.Text).ToHaveValueAsync("at ten");
        await Expect(menu).ToBeHiddenAsync();

        Task TouchAsync(string type, params object[] touchPoints) =>
            finger.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = touchPoints });
    }

    [Fact]
    public async Task TheActionsForAMessageDoNotCoverIt()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        foreach (var text in new[] { "at ten", "or at eleven" })
        {
            await ana.SendAsync(text);
            await Expect(ana.Pending).ToHaveCountAsync(0);
        }
        await ana.OpenActionsAsync("at ten");

        var menu = (await ana.Page.Locator("#message-menu").BoundingBoxAsync())!;
        var message = (await ana.Messages.First.BoundingBoxAsync())!;
        Assert.True(menu.Y + menu.Height <= message.Y + 1);
    }

    [Fact]
    public async Task LeavingIsInTheMenuOfTheRoom()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await Expect(ana.Button("Leave")).ToHaveCountAsync(0);

        await ana.Button("About this room").FocusAsync();
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.TabToAsync(ana.Button("Leave"));
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(ana.Page).ToHaveURLAsync("/");
    }

    /// <summary>The keyboard shrinks the window, as interactive-widget in the page's head asks for.</summary>
    [Fact]
    public async Task WithTheKeyboardOpenTheWholePageStaysInView()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        foreach (var n in Enumerable.Range(0, 15)) bo.Post($"line {n}");
        await Expect(ana.Texts).ToHaveCountAsync(15);

        await ana.Page.SetViewportSizeAsync(390, 420);

        await Expect(ana.RoomCode).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(ana.Button("Send")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(ana.Texts.Last).ToBeInViewportAsync();
        Assert.True(await ana.Page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"));
    }

    [Fact]
    public async Task TapTargetsAreLargeEnough()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Assert.Empty(await TooSmallAsync(ana));
        await ana.Button("1 here").TapAsync();
        Assert.Empty(await TooSmallAsync(ana));
        await ana.Button("Share this room").TapAsync();
        Assert.Empty(await TooSmallAsync(ana));
        var home = await OpenAsync();
        await Expect(home.RecentRooms).ToBeVisibleAsync();
        Assert.Empty(await TooSmallAsync(home));
        await home.GoAsync("/account/sign-up");
        Assert.Empty(await TooSmallAsync(home));
        await SignedUpAsync("Bo", home);
        Assert.Empty(await TooSmallAsync(home));
    }

    private static Task<string[]> TooSmallAsync(Window window) => window.Page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll('a, button, input, textarea')]
          .filter((target) => target.checkVisibility({ visibilityProperty: true }) && target.type !== 'hidden')
          .filter((target) => {
            const { width, height } = (target.closest('label') ?? target).getBoundingClientRect();
            return width < 43.5 || height < 43.5;
          })
          .map((target) => `${target.tagName} ${target.id} ${target.className} ${target.textContent}`)
        """);
}
