using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>What an installed page does: it opens without a network, and takes what other applications share.</summary>
public sealed class InstalledTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task WithoutANetworkAPageSaysSoAndTriesAgain()
    {
        var address = ServerProcess.FreeAddress();
        Window home;
        using (await ServerProcess.AtAsync(address))
        {
            home = await OpenAsync($"{address}");
            await home.Page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
            home.AllowOutage();
        }
        // Not told to be offline: a worker that is started anew then would not know.
        await home.GoAsync($"{address}");
        await Expect(home.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("No network");
        Keep(await ServerProcess.AtAsync(address));
        await home.Page.GetByText("Try again").ClickAsync();

        await Expect(home.Button("Create a room")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WhatIsSharedFillsTheFieldOfTheNextRoom()
    {
        var home = await OpenAsync("/?title=A+page&url=https%3A%2F%2Fexample.org%2F");

        await home.Name.FillAsync("ana");
        await home.Button("Create a room").ClickAsync();
        await home.WaitUntilConnectedAsync();

        await Expect(home.Text).ToHaveValueAsync("A page\nhttps://example.org/");
        await home.SendAsync("something else");
        await home.Page.ReloadAsync();
        await Expect(home.Text).ToHaveValueAsync("");
    }

    [Fact]
    public async Task TheShortcutLeadsToTheName()
    {
        var home = await OpenAsync("/?create");

        await Expect(home.Name).ToBeFocusedAsync();
    }

    [Fact]
    public async Task EveryIconAndShortcutOfTheManifestIsThere()
    {
        var home = await OpenAsync();

        var statuses = await home.Page.EvaluateAsync<int[]>("""
            async () => {
              const manifest = await (await fetch(document.querySelector('link[rel=manifest]').href)).json();
              const paths = [...manifest.icons.map((icon) => icon.src), ...manifest.shortcuts.map((one) => one.url)];
              return Promise.all(paths.map(async (path) => (await fetch(path)).status));
            }
            """);

        Assert.Equal([200, 200, 200, 200, 200], statuses);
    }
}
