using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class HostileTextTests(Browser browser) : BrowserTest(browser)
{
    private static readonly string[] Names =
        ["<img src=x onerror=1", "<b>bo</b>", "<script>x</script>", "\"'`{{7*7}}${7*7}", "&lt;i&gt; &amp;"];

    private static readonly string[] Texts =
    [
        "<img src=x onerror=\"document.title = 'hurt'\">",
        "<script>document.title = 'hurt'</script>",
        "<svg onload=\"document.title='hurt'\"><style>body { display: none }</style>",
        "</p></li></ol><iframe srcdoc=\"<script>parent.document.title='hurt'</script>\"></iframe>",
        "<a href=\"javascript:document.title='hurt'\">press</a> &lt;b&gt; &amp;amp;",
    ];

    [Fact]
    public async Task AnyNameIsShownAsText()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        foreach (var name in Names)
        {
            var window = await JoinedAsync(room, name);
            await Expect(window.Page.Locator("#roster .me bdi")).ToHaveTextAsync(name);
            await window.Text.PressSequentiallyAsync("h");
            await Expect(ana.Page.Locator("#typing")).ToHaveTextAsync($"{name} is typing…");
            await window.SendAsync("hi");
            await Expect(ana.Page.Locator("#typing")).ToBeEmptyAsync();
        }

        await Expect(ana.Roster).ToHaveTextAsync(["ana", .. Names]);
        await Expect(ana.Notices).ToHaveTextAsync(
            [$"+ you and {Names[0]}", .. Names[1..].Select(name => $"+ {name}")]);
        await Expect(ana.Groups.Locator(".from")).ToHaveTextAsync(Names);

        var another = await OpenAsync($"/r/{room}");
        await Expect(another.Name).ToHaveValueAsync(Names[^1]);
        await another.GiveNameAsync(Names[^1]);
        await Expect(another.NameError).ToContainTextAsync("taken");
    }

    [Fact]
    public async Task AnyMessageIsShownAsText()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        foreach (var text in Texts) bo.Post(text);
        await Expect(ana.Texts).ToHaveTextAsync(Texts);
        await ana.SendAllAsync(Texts);

        await Expect(ana.Texts).ToHaveTextAsync([.. Texts, .. Texts]);
        await Expect(ana.Pending).ToHaveCountAsync(0);
        await Expect(ana.Texts.Locator("*")).ToHaveCountAsync(0);
        await ana.Page.ReloadAsync();
        await Expect(ana.Texts).ToHaveTextAsync([.. Texts, .. Texts]);
        await Expect(ana.Texts.Locator("*")).ToHaveCountAsync(0);
        await Expect(ana.Page).ToHaveTitleAsync($"{room} · RoomChat");
    }
}
