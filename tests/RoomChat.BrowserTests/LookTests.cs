using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class LookTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task ARoomHasAColourOfItsOwnAndItsIconHasItToo()
    {
        var room = NewRoom();
        var (first, again) = (await JoinedAsync(room, "ana"), await JoinedAsync(room, "bo"));
        var others = new[] { await JoinedAsync(NewRoom(), "ana"), await JoinedAsync(NewRoom(), "ana") };

        var colour = await ColourAsync(first);
        Assert.Equal(colour, await ColourAsync(again));
        Assert.Contains(await Task.WhenAll(others.Select(ColourAsync)), other => other != colour);
        Assert.True(await first.Page.EvaluateAsync<bool>("""
            async () => {
              const icon = new Image();
              icon.src = document.querySelector('link[rel=icon]').href;
              await icon.decode();
              const canvas = new OffscreenCanvas(32, 32).getContext('2d', { willReadFrequently: true });
              const pixel = () => [...canvas.getImageData(16, 3, 1, 1).data.slice(0, 3)];
              canvas.drawImage(icon, 0, 0, 32, 32);
              const drawn = pixel();
              canvas.fillStyle = getComputedStyle(document.querySelector('button.primary')).backgroundColor;
              canvas.fillRect(0, 0, 32, 32);
              return pixel().every((part, i) => Math.abs(part - drawn[i]) < 4);
            }
            """));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryColourThatARoomCanHaveIsReadable(ColorScheme theme)
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.EmulateMediaAsync(new() { ColorScheme = theme });

        Assert.Empty(await ana.Page.EvaluateAsync<string[]>("""
            () => {
              const pairs = [
                ['--accent', '--background', 4.5], ['--accent', '--surface', 4.5], ['--on-accent', '--accent', 4.5],
                ['--on-accent', '--accent-strong', 4.5], ['--on-own-message', '--own-message', 4.5],
                ['--own-message', '--background', 2], ['--muted', '--background', 4.5], ['--muted', '--surface', 4.5],
                ['--edge', '--background', 3], ['--edge', '--surface', 3], ['--surface', '--background', 1.13],
                ['--border', '--background', 1.25],
              ];
              const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
              const probe = document.body.appendChild(document.createElement('p'));
              const luminance = (name) => {
                probe.style.color = `var(${name})`;
                canvas.fillStyle = getComputedStyle(probe).color;
                canvas.fillRect(0, 0, 1, 1);
                const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
                  part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
                return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
              };
              const failed = [];
              for (let hue = 0; hue < 360; hue += 5) {
                document.documentElement.style.setProperty('--hue', hue);
                for (const [name, other, least] of pairs) {
                  const [dark, light] = [luminance(name), luminance(other)].sort((a, b) => a - b);
                  if (light / dark < least) failed.push(`${hue}: ${name} on ${other}: ${(light / dark).toFixed(2)}`);
                }
              }
              return failed;
            }
            """));
    }

    [Fact]
    public async Task AThemeThatWasChosenIsThereBeforeTheFirstPaintOnEveryPage()
    {
        var ana = await OpenAsync();
        var light = await TextColourAsync(ana);
        await ana.Page.GetByLabel("Theme").SelectOptionAsync("dark");
        var dark = await TextColourAsync(ana);
        Assert.NotEqual(light, dark);

        // What is drawn first is drawn after the head: the theme is there when the body begins.
        await ana.Page.AddInitScriptAsync("""
            new MutationObserver((_, observer) => {
              if (!document.body) return;
              globalThis.themeAtFirst = document.documentElement.dataset.theme;
              observer.disconnect();
            }).observe(document, { childList: true, subtree: true });
            """);
        foreach (var path in new[] { "/", $"/r/{NewRoom()}", "/account/sign-in" })
        {
            await ana.GoAsync(path);
            Assert.Equal("dark", await ana.Page.EvaluateAsync<string>("themeAtFirst"));
            Assert.Equal(dark, await TextColourAsync(ana));
        }
        await ana.GoAsync("/");
        await Expect(ana.Page.GetByLabel("Theme")).ToHaveValueAsync("dark");
        await ana.Page.GetByLabel("Theme").SelectOptionAsync("");
        Assert.Equal(light, await TextColourAsync(ana));
    }

    [Fact]
    public async Task AFewMessagesStandAtTheFieldInAColumnInTheMiddleOfAWideWindow()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.SetViewportSizeAsync(1920, 1000);
        await ana.SendAsync(string.Concat(Enumerable.Repeat("word ", 60)));
        await Expect(ana.Pending).ToHaveCountAsync(0);

        var message = (await ana.Messages.Last.BoundingBoxAsync())!;
        var field = (await ana.Text.BoundingBoxAsync())!;
        var send = (await ana.Button("Send").BoundingBoxAsync())!;
        Assert.InRange(field.Y - message.Y - message.Height, 0, 60);
        Assert.InRange(message.X + message.Width, send.X, send.X + send.Width + 1);
        Assert.True(await ana.Texts.Last.EvaluateAsync<bool>("""
            (text) => {
              const range = document.createRange();
              range.setStart(text.firstChild, 0);
              for (let end = 1; end < text.firstChild.length; end++) {
                range.setEnd(text.firstChild, end);
                if (range.getClientRects().length > 1) return end - 1 <= 70;
              }
              return false;
            }
            """));
    }

    [Fact]
    public async Task TheCodeOfAnEmptyRoomIsReadableAcrossATable()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var ticket = ana.Page.Locator("#alone .ticket");

        await Expect(ticket).ToHaveTextAsync(room);
        var size = await ticket.EvaluateAsync<float>("(ticket) => parseFloat(getComputedStyle(ticket).fontSize)");
        Assert.InRange(size, 72, 96);
        await ana.SendAsync("anybody?");
        await Expect(ticket).ToBeHiddenAsync();
    }

    [Fact]
    public async Task TheFocusIsInTheFieldThatWasRefused()
    {
        var ana = await OpenAsync();
        ana.AllowStatus(400);
        await ana.Button("Create a room").ClickAsync();
        await Expect(ana.Name).ToBeFocusedAsync();
        await Expect(ana.Name).ToHaveAttributeAsync("aria-invalid", "true");

        await ana.Code.FillAsync("K7M2Q!");
        await ana.Button("Join").ClickAsync();
        await Expect(ana.Code).ToBeFocusedAsync();

        var bo = await OpenAsync($"/r/{NewRoom()}");
        await bo.Name.FillAsync(new string('x', 30));
        await bo.AskName.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Expect(bo.NameError).ToHaveTextAsync("That name is too long.");
        await Expect(bo.Name).ToBeFocusedAsync();
    }

    [Fact]
    public async Task AToastIsReadAloudAndCoversNoNewMessage()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        var words = ana.Toast.Locator("p");
        Assert.Equal("visible", await words.EvaluateAsync<string>("(words) => getComputedStyle(words).visibility"));

        await Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ana.SendAsync("the newest");
        await ana.RoomCode.ClickAsync();
        await Expect(words).ToHaveTextAsync("Link copied");
        await Expect(ana.Pending).ToHaveCountAsync(0);
        var (toast, message) = ((await ana.Toast.BoundingBoxAsync())!, (await ana.Messages.Last.BoundingBoxAsync())!);
        Assert.True(toast.Y + toast.Height < message.Y);
    }

    [Fact]
    public async Task AToastStaysWhileItIsPointedAtOrHasTheFocus()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ana.Page.Clock.InstallAsync();
        await ana.RoomCode.ClickAsync();
        var words = ana.Toast.Locator("p");
        await Expect(words).ToHaveTextAsync("Link copied");

        await ana.Toast.HoverAsync();
        await ana.Page.Clock.FastForwardAsync(5_000);
        await Expect(words).ToHaveTextAsync("Link copied");
        await ana.Toast.Locator(".dismiss").FocusAsync();
        await ana.Page.Mouse.MoveAsync(0, 0);
        await ana.Page.Clock.FastForwardAsync(5_000);
        await Expect(words).ToHaveTextAsync("Link copied");

        await ana.Text.FocusAsync();
        await ana.Page.Clock.FastForwardAsync(5_000);
        await Expect(words).ToBeEmptyAsync();
    }

    [Fact]
    public async Task OnAPhoneOnItsSideTheDialogToShareBeginsWithItsTitle()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.SetViewportSizeAsync(740, 340);
        await ana.Page.Locator("header .share").ClickAsync();

        await Expect(ana.Page.Locator("#share-title")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(ana.Button("Close")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task WhoIsThereIsNotSaidBeforeItIsKnown()
    {
        var ana = await OpenAsync($"/r/{NewRoom()}");
        await Expect(ana.AskName).ToBeVisibleAsync();
        await Expect(ana.Page.Locator("#people")).ToBeHiddenAsync();

        await ana.GiveNameAsync("ana");
        await Expect(ana.Page.Locator("#people")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TheFirstScreenOfAPhoneHasEverythingToBegin()
    {
        var ana = await OpenAsync();
        await ana.Page.SetViewportSizeAsync(390, 844);

        foreach (var name in new[] { "Join", "Create a room" })
            await Expect(ana.Button(name)).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(ana.Page.GetByLabel("Theme")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task RecentRoomsStandBeforeTheFormToCreateAndLeaveItOnTheFirstScreenOfAPhone()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        for (var n = 0; n < 5; n++)
        {
            await ana.GoAsync($"/r/{NewRoom()}");
            await ana.WaitUntilConnectedAsync();
        }
        await ana.Page.SetViewportSizeAsync(390, 844);
        await ana.GoAsync("/");

        await Expect(ana.RecentRoomLinks.First).ToBeInViewportAsync(new() { Ratio = 1 });
        foreach (var name in new[] { "Join", "Create a room" })
            await Expect(ana.Button(name)).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task WhatIsCopiedOfACodeThatIsShownInTwoHalvesIsSixCharacters()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");

        Assert.Equal(room, await ana.Page.Locator("#alone .ticket").EvaluateAsync<string>("""
            (ticket) => {
              getSelection().selectAllChildren(ticket);
              return getSelection().toString();
            }
            """));
        Assert.True(await ana.Page.Locator("#alone .ticket span").EvaluateAsync<bool>(
            "(half) => parseFloat(getComputedStyle(half).marginLeft) > 16"));
    }

    [Theory]
    [InlineData(1200, "About this room", "#room-menu")]
    [InlineData(1200, "Bell: off", "#bell-menu")]
    [InlineData(390, "About this room", "#room-menu")]
    [InlineData(390, "Bell: off", "#bell-menu")]
    public async Task AMenuOpensAtItsButton(int width, string name, string menu)
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.SetViewportSizeAsync(width, 844);
        await ana.Button(name).ClickAsync();

        var button = (await ana.Button(name).BoundingBoxAsync())!;
        var box = (await ana.Page.Locator(menu).BoundingBoxAsync())!;
        Assert.InRange(box.Y - button.Y - button.Height, 0, 12);
        Assert.True(box.X <= button.X + 5 && box.X + box.Width >= button.X + button.Width - 5);
        if (width > 1000) Assert.InRange(box.X - button.X, 0, 5);
        await ana.AssertFitsAsync();
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(390)]
    public async Task AToastDoesNotCoverTheFieldToFind(int width)
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Page.SetViewportSizeAsync(width, 844);
        await ana.Button("About this room").ClickAsync();
        await ana.Button("Find…").ClickAsync();
        // Waited for in the page, since a toast may be gone before it is asked for.
        var isBelow = ana.Page.WaitForFunctionAsync(
            """
            () => document.querySelector('#toast.shown')?.getBoundingClientRect().top
              > document.getElementById('find').getBoundingClientRect().bottom
            """);
        await ana.RoomCode.ClickAsync();
        await isBelow;
    }

    [Fact]
    public async Task RecentRoomsSayWhoIsThereAndCanBeForgotten()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Join(room, "bo");
        await ana.GoAsync("/");

        await Expect(ana.RecentRooms.Locator("li > span")).ToHaveTextAsync(["2 here"]);
        await ana.Button($"Forget {room}").ClickAsync();
        await Expect(ana.RecentRooms).ToBeHiddenAsync();
        await ana.Page.ReloadAsync();
        await Expect(ana.RecentRooms).ToBeHiddenAsync();
    }

    private static Task<string> ColourAsync(Window window) => window.Button("Send").EvaluateAsync<string>(
        "(button) => getComputedStyle(button).backgroundColor");

    private static Task<string> TextColourAsync(Window window) => window.Page.EvaluateAsync<string>(
        "getComputedStyle(document.body).color");
}
