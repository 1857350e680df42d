using System.Text.Json;
using Microsoft.Playwright;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests.Support;

/// <summary>A fresh server and fresh browser storage for each test, which fails if a window logged an error.</summary>
public abstract class BrowserTest(
    Browser browser, Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    : IAsyncLifetime
{
    private readonly List<Window> _windows = [];
    private readonly List<IBrowserContext> _others = [];
    private readonly Stack<IDisposable> _kept = [];
    private IBrowserContext _context = null!;
    private FaultProxy? _proxy;

    protected BrowserTest(Browser browser, params (string Key, string Value)[] settings)
        : this(browser, _ => { }, settings)
    {
    }

    private protected ChatServer Server { get; } = new(configure, settings);

    private protected IBrowserContext Context => _context;

    private protected virtual BrowserNewContextOptions Options => new();

    public async ValueTask InitializeAsync() => _context = await NewContextAsync();

    /// <summary>A new window of the same browser, at a path of the server.</summary>
    private protected Task<Window> OpenAsync(string path = "/", int status = 200) => OpenAsync(_context, path, status);

    /// <summary>A new window of another browser context.</summary>
    private protected async Task<Window> OpenInAnotherBrowserAsync(string path = "/", int status = 200)
    {
        _others.Add(await NewContextAsync());
        return await OpenAsync(_others[^1], path, status);
    }

    /// <summary>A window that has signed up and shows the home page.</summary>
    private protected async Task<Window> SignedUpAsync(string name, Window? window = null)
    {
        window ??= await OpenAsync("/account/sign-up");
        await window.SignAsync(name);
        await Expect(window.Button("Sign out")).ToBeVisibleAsync();
        await window.WaitUntilLoadedAsync();
        return window;
    }

    /// <summary>A new window that has joined the room.</summary>
    private protected async Task<Window> JoinedAsync(string room, string name)
    {
        var window = await OpenAsync($"/r/{room}");
        await window.GiveNameAsync(name);
        await window.WaitUntilConnectedAsync();
        return window;
    }

    /// <summary>Two members of a new room who share no storage; the first is in front.</summary>
    private protected async Task<(Window Ana, Window Bo, string Room)> TwoBrowsersAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = await OpenInAnotherBrowserAsync($"/r/{room}");
        await bo.GiveNameAsync("bo");
        await bo.WaitUntilConnectedAsync();
        await ana.ToFrontAsync();
        await Expect(ana.Roster).ToHaveTextAsync(["ana", "bo"]);
        return (ana, bo, room);
    }

    /// <summary>Another member of the room, without a window.</summary>
    private protected (Member Member, TestReader Reader) Join(string room, string name) => Join(Server, room, name);

    private protected static (Member Member, TestReader Reader) Join(ChatServer server, string room, string name)
    {
        var reader = new TestReader();
        return (server.Lobby.Join(new JoinAttempt(room, name), reader).OrFail().Member, reader);
    }

    private protected async Task<Window> JoinedThroughProxyAsync(string room, string name)
    {
        _proxy = new FaultProxy(Server.Address);
        var window = await OpenAsync($"{_proxy.Address}r/{room}");
        await window.GiveNameAsync(name);
        await window.WaitUntilConnectedAsync();
        return window;
    }

    /// <summary>Waits until an idle page, which sends nothing else, has answered so many pings.</summary>
    private protected Task WaitForPongsAsync(int count)
    {
        var before = Received();
        return Wait.UntilAsync(() => Received() >= before + count, $"{count} pongs");

        int Received() => _proxy!.Lines.Sum(line => line.ReceivedFromClient);
    }

    /// <summary>A browser that is told to be offline still answers pings, so the proxy falls silent as well.</summary>
    private protected Task LoseNetworkAsync(Window window)
    {
        foreach (var line in _proxy!.Lines) line.GoSilent();
        return window.GoOfflineAsync();
    }

    /// <summary>Cuts the connection after so many more bytes from the page: in the middle of a frame.</summary>
    private protected void CutAfter(int bytes) => _proxy!.Lines[^1].CutAfter(bytes);

    /// <summary>As on another network: the old connections are cut.</summary>
    private protected Task FindNetworkAsync(Window window)
    {
        foreach (var line in _proxy!.Lines) line.Cut();
        return window.GoOnlineAsync();
    }

    /// <summary>Collects a window's errors, also of one that the browser opened by itself.</summary>
    private protected Window Watch(IPage page)
    {
        var window = new Window(page);
        _windows.Add(window);
        return window;
    }

    /// <summary>A second window with a copy of this one's session storage, as when a tab is duplicated.</summary>
    private protected async Task<Window> DuplicateAsync(Window window) =>
        Watch(await window.Page.RunAndWaitForPopupAsync(
            () => window.Page.EvaluateAsync("() => { open(location.href); }")));

    private protected string NewSealedRoom() =>
        Server.Lobby.CreateAsync(isSealed: true).AsTask().GetAwaiter().GetResult().OrFail().Code.ToString();

    /// <summary>Ana, who has made it, and its link, by which bo has come in.</summary>
    private protected async Task<(Window Ana, string Link)> TwoInASealedRoomAsync()
    {
        var ana = await OpenAsync();
        await ana.MakeSealedRoomAsync("Ana");
        var link = ana.Page.Url;
        var bo = await OpenInAnotherBrowserAsync(link);
        await bo.GiveNameAsync("Bo");
        await bo.WaitUntilConnectedAsync();
        await ana.ToFrontAsync();
        return (ana, link);
    }

    /// <summary>A program that has the link joins, and says what it makes of the room.</summary>
    private protected static async Task<JsonElement> SayAsync(
        string link, string name, Func<(Sealing Sealing, string Epoch, int Who), string> text)
    {
        var address = new Uri(link);
        var room = address.Segments[^1];
        var sealing = new Sealing(address.Fragment["#k=".Length..], room);
        using var http = new HttpClient { BaseAddress = new Uri(address, $"/api/rooms/{room}/") };
        var joined = await PostAsync(http, "members", new { name, check = sealing.Check });
        http.DefaultRequestHeaders.Authorization = new("Bearer", joined.GetProperty("seat").GetString());
        var (epoch, who) = (joined.GetProperty("epoch").GetString()!, joined.GetProperty("who").GetInt32());
        await PostAsync(http, "messages", new { text = text((sealing, epoch, who)), id = "m-1" });
        return await http.GetFromJsonAsync<JsonElement>("events", TestContext.Current.CancellationToken);
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>A server of the test's own stops after its windows are closed, which would miss it.</summary>
    private protected T Keep<T>(T server) where T : IDisposable
    {
        _kept.Push(server);
        return server;
    }

    /// <summary>The code of a new room.</summary>
    private protected string NewRoom() => Server.Lobby.Create().OrFail().Code.ToString();

    public virtual async ValueTask DisposeAsync()
    {
        if (_context is not null)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
                await Task.WhenAll(_windows.Select(window => window.TakeScreenshotAsync()));
            await _context.DisposeAsync();
            foreach (var other in _others) await other.DisposeAsync();
        }
        while (_kept.TryPop(out var kept)) kept.Dispose();
        if (_proxy is not null) await _proxy.DisposeAsync();
        await Server.DisposeAsync();
        foreach (var window in _windows) window.AssertNoConsoleErrors();
        Server.AssertNoWarningsLogged();
        GC.SuppressFinalize(this);
    }

    private async Task<IBrowserContext> NewContextAsync()
    {
        var options = Options;
        options.BaseURL = Server.Address.ToString();
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await browser.NewContextAsync(options);
        await context.AddInitScriptAsync("""
            addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
              console.error(`CSP: ${violatedDirective} ${blockedURI}`);
            });
            """);
        return context;
    }

    private async Task<Window> OpenAsync(IBrowserContext context, string path, int status)
    {
        var window = Watch(await context.NewPageAsync());
        if (status != 200) window.AllowStatus(status);
        await window.GoAsync(path);
        return window;
    }
}
