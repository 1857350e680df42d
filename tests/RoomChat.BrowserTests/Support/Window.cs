using System.Collections.Concurrent;
using Microsoft.Playwright;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests.Support;

/// <summary>The page object of a window, which collects the errors on its console.</summary>
internal sealed class Window
{
    private readonly ConcurrentQueue<string> _consoleErrors = new();
    private readonly List<string> _allowed = [];
    private ICDPSession? _devTools;

    public Window(IPage page)
    {
        Page = page;
        page.Console += (_, line) =>
        {
            if (line.Type is "error" or "warning") _consoleErrors.Enqueue($"{line.Text} ({line.Location})");
        };
        page.PageError += (_, error) => _consoleErrors.Enqueue(error);
    }

    public IPage Page { get; }

    // Home
    public ILocator Code => Page.GetByLabel("Join by code");
    public ILocator CodeError => Page.Locator("#code-error");
    public ILocator RecentRooms => Page.GetByRole(AriaRole.Region, new() { Name = "Recent rooms" });
    public ILocator RecentRoomLinks => RecentRooms.GetByRole(AriaRole.Link);

    public ILocator DirectChats => Page.Locator("#direct-chats li");

    // Accounts
    public const string GoodPassword = "correct horse";
    public ILocator Password => Page.GetByLabel("Password");

    // Home and room
    public ILocator Name => Page.GetByLabel("Your name");
    public ILocator NameError => Page.Locator("#name-error");

    // Room
    public ILocator AskName => Page.GetByRole(AriaRole.Dialog);
    public ILocator RoomCode => Page.Locator("#copy");
    public ILocator Connection => Page.Locator("#connection");
    public ILocator Banner => Page.Locator("#banner");
    public ILocator Log => Page.GetByRole(AriaRole.Log);
    public ILocator Messages => Log.Locator(".message");
    public ILocator Texts => Log.Locator(".message .text");
    public ILocator Groups => Log.Locator(".group");
    public ILocator Pending => Log.Locator(".pending .text, .sent .text");
    public ILocator Notices => Log.Locator(".notice");
    public ILocator Stubs => Log.Locator(".stub");
    public ILocator Edited => Log.Locator(".edited:not([hidden])");
    public ILocator Quotes => Log.Locator(".quote:not([hidden])");
    public ILocator Reactions => Log.Locator(".marks");
    public ILocator Strip => Page.Locator("#strip");
    public ILocator Roster => Page.Locator("#roster bdi");
    public ILocator Toast => Page.Locator("#toast");
    public ILocator Count => Page.Locator("#count");
    public ILocator Unread => Log.Locator(".unread");
    public ILocator Pill => Page.Locator("#pill");
    public ILocator TextError => Page.Locator("#text-error");
    public ILocator Text => Page.GetByLabel("Your message");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>On the home page.</summary>
    public async Task MakeSealedRoomAsync(string name)
    {
        await Name.FillAsync(name);
        await Page.GetByLabel("Sealed", new() { Exact = true }).CheckAsync();
        await Button("Create a room").ClickAsync();
        await WaitUntilConnectedAsync();
    }

    public async Task GiveNameAsync(string name)
    {
        await Name.FillAsync(name);
        await AskName.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
    }

    /// <summary>Fills in the form to sign up or in, and submits.</summary>
    public async Task SignAsync(string name, string password = GoodPassword)
    {
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Password.FillAsync(password);
        await Page.Locator("form.card button").ClickAsync();
    }

    public async Task ChatWithAsync(string name)
    {
        await Page.GetByLabel("Name of another account").FillAsync(name);
        await Button("Chat").ClickAsync();
    }

    /// <summary>Its scripts have run, and its styles apply.</summary>
    public Task WaitUntilLoadedAsync() => Page.WaitForFunctionAsync("() => document.readyState === 'complete'");

    public Task WaitUntilConnectedAsync() => Expect(Connection).ToHaveTextAsync("Connected");

    public async Task SendAsync(string text)
    {
        await ToFrontAsync();
        await Text.FillAsync(text);
        await Button("Send").ClickAsync();
    }

    /// <summary>What opens the actions for the message with this text.</summary>
    public ILocator Actions(string text) =>
        Messages.Filter(new() { Has = Page.Locator(".text", new() { HasText = text }) }).Locator(".more");

    public async Task OpenActionsAsync(string text)
    {
        await Actions(text).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#message-menu")).ToBeVisibleAsync();
    }

    public async Task ActAsync(string text, string action)
    {
        await ToFrontAsync();
        await OpenActionsAsync(text);
        await Button(action).ClickAsync();
    }

    /// <summary>A tab in the background draws once a second, and a click waits for several frames.</summary>
    public Task ToFrontAsync() => Page.BringToFrontAsync();

    public Task ScrollUpAsync() => Page.Locator("#scroller").EvaluateAsync("(scroller) => { scroller.scrollTop = 0; }");

    /// <summary>Nothing stands over the edges of the window, on either side.</summary>
    public async Task AssertFitsAsync() => Assert.Empty(await Page.EvaluateAsync<string[]>("""
        () => {
          const { scrollWidth, clientWidth } = document.documentElement;
          const isOutside = (box) => {
            const { left, right } = box.getBoundingClientRect();
            return left < -1 || right > clientWidth + 1;
          };
          const outside = [...document.querySelectorAll('header *, main *, [popover]:popover-open *, dialog[open] *')]
            .filter((box) => box.checkVisibility() && !box.closest('.visually-hidden') && isOutside(box))
            .map((box) => `${box.tagName}#${box.id}.${box.className}`);
          return scrollWidth > clientWidth ? ['html', ...outside] : outside;
        }
        """));

    /// <summary>Tells the page that its tab is in the background; headless windows are all in front.</summary>
    public Task HideAsync(bool hidden) => Page.EvaluateAsync("""
        (hidden) => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """, hidden);

    /// <summary>Of the link that is shown, module by module.</summary>
    public async Task QrCodeIsDrawnAsync()
    {
        var rows = QrCode.RowsOf(await Page.Locator("#link").InputValueAsync());
        await Wait.UntilAsync(() => Page.Locator("#share-dialog svg").EvaluateAsync<bool>("""
            (picture, rows) => {
              const { x: left, y: top, width, height } = picture.viewBox.baseVal;
              const isDark = (x, y) => picture.querySelector('path').isPointInFill({ x: x + 0.5, y: y + 0.5 });
              return left === -4 && top === -4 && width === rows.length + 8 && height === rows.length + 8
                && rows.every((row, y) => [...row].every((module, x) => isDark(x, y) === (module === '#')));
            }
            """, rows), "the QR code of the link");
    }

    public Task<string> ClipboardAsync() => Page.EvaluateAsync<string>("navigator.clipboard.readText()");

    /// <summary>Sends messages as fast as the page takes them.</summary>
    public Task SendAllAsync(IEnumerable<string> texts) => Page.EvaluateAsync("""
        (texts) => {
          const field = document.getElementById('text');
          for (const text of texts) {
            field.value = text;
            field.form.requestSubmit();
          }
        }
        """, texts);

    /// <summary>Presses Tab until the target has the focus.</summary>
    public async Task TabToAsync(ILocator target)
    {
        const string hasFocus = "(element) => element === document.activeElement";
        for (var pressed = 0; !await target.EvaluateAsync<bool>(hasFocus); pressed++)
        {
            Assert.True(pressed < 20, $"Tab does not lead to {target}");
            await Page.Keyboard.PressAsync("Tab");
        }
    }

    /// <summary>The browser logs an error for such a response, which the test asks for on purpose.</summary>
    public void AllowStatus(int status) => _allowed.Add($"the server responded with a status of {status}");

    /// <summary>Of plain http from another machine.</summary>
    public void AllowPlainHttp() => _allowed.Add("header has been ignored, because the URL's origin was untrustworthy");

    /// <summary>The browser logs errors while the server cannot be reached.</summary>
    public void AllowOutage() => _allowed.AddRange(
        ["net::ERR_", "Firefox can’t establish a connection", "was interrupted while the page was loading"]);

    /// <summary>Takes the network away from this window alone, in Firefox from all of its browser.</summary>
    public async Task GoOfflineAsync()
    {
        AllowOutage();
        await SetOfflineAsync(true);
    }

    public Task GoOnlineAsync() => SetOfflineAsync(false);

    /// <summary>"frozen" is a tab that was hidden for long, "active" one that is looked at.</summary>
    public async Task SetLifecycleAsync(string state) =>
        await (await DevToolsAsync()).SendAsync("Page.setWebLifecycleState", new() { ["state"] = state });

    public void AssertNoConsoleErrors()
    {
        bool IsAllowed(string error) => _allowed.Any(allowed => error.Contains(allowed, StringComparison.Ordinal));
        var errors = _consoleErrors.Where(error => !IsAllowed(error)).ToList();
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    private async Task SetOfflineAsync(bool offline)
    {
        if (Page.Context.Browser!.BrowserType.Name == BrowserType.Firefox)
        {
            await Page.Context.SetOfflineAsync(offline);
            return;
        }
        var tools = await DevToolsAsync();
        await tools.SendAsync("Network.enable");
        await tools.SendAsync("Network.emulateNetworkConditions",
            new() { ["offline"] = offline, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = -1 });
    }

    private async Task<ICDPSession> DevToolsAsync() => _devTools ??= await Page.Context.NewCDPSessionAsync(Page);

    /// <summary>Writes a screenshot into TestResults beside the built tests.</summary>
    public async Task TakeScreenshotAsync()
    {
        if (Page.IsClosed) return;
        var name = $"{TestContext.Current.Test?.TestDisplayName ?? "window"} {Guid.NewGuid():N}.png";
        var file = string.Concat(name.Split(Path.GetInvalidFileNameChars()));
        await Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "TestResults", file) });
    }
}
