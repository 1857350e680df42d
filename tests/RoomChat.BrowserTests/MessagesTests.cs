using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class MessagesTests(Browser browser) : BrowserTest(browser, ("Limits:MessagesPerSecond", "0"))
{
    [Fact]
    public async Task MessagesOfOnePersonInOneMinuteAreGrouped()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;

        bo.Post("one");
        bo.Post("two");
        await Expect(ana.Texts).ToHaveCountAsync(2);
        await ana.SendAsync("three");
        await Expect(ana.Pending).ToHaveCountAsync(0);
        bo.Post("four");

        await Expect(ana.Texts).ToHaveTextAsync(["one", "two", "three", "four"]);
        Assert.InRange(await ana.Groups.CountAsync(), 3, 4);     // four if a minute began between "one" and "two"
        await Expect(ana.Groups.Last.Locator(".from")).ToHaveTextAsync("bo");
        var sent = (await ana.Log.Locator(".own .delivered").BoundingBoxAsync())!;
        var message = (await ana.Log.Locator(".own .message").Last.BoundingBoxAsync())!;
        Assert.InRange(sent.Y - message.Y - message.Height, 0, 10);
    }

    [Fact]
    public async Task NothingMovesWhenAMessageIsSent()
    {
        int minute;
        do
        {
            minute = Minute();
            var ana = await JoinedAsync(NewRoom(), "ana");
            await SendAsync(ana, "one");
            await SendAsync(ana, "two", "three");
        }
        while (minute != Minute());     // in another one, another group begins

        static int Minute() => TimeProvider.System.GetUtcNow().Minute;

        static async Task SendAsync(Window ana, params string[] texts)
        {
            await ana.Page.EvaluateAsync("""
                () => {
                  const held = [];
                  const { send } = WebSocket.prototype;
                  WebSocket.prototype.send = function (data) { held.push(() => send.call(this, data)); };
                  window.letGo = () => {
                    WebSocket.prototype.send = send;
                    for (const go of held) go();
                  };
                }
                """);
            await ana.SendAllAsync(texts);
            await Expect(ana.Pending).ToHaveCountAsync(texts.Length);
            var places = await PlacesAsync(ana);
            await ana.Page.EvaluateAsync("() => letGo()");
            await Expect(ana.Pending).ToHaveCountAsync(0);
            Assert.Equal(places, await PlacesAsync(ana));
        }

        static Task<double[]> PlacesAsync(Window ana) => ana.Page.EvaluateAsync<double[]>("""
            () => [...document.querySelectorAll('.message')].map((box) => box.getBoundingClientRect().top)
            """);
    }

    [Fact]
    public async Task DaysAreSeparatedWhereTheyAreNotToday()
    {
        var room = NewRoom();
        var ana = await OpenAsync($"/r/{room}");
        await ana.Page.Clock.SetFixedTimeAsync("2026-01-31T10:00:00Z");     // the messages are of another day
        await ana.GiveNameAsync("ana");
        await ana.WaitUntilConnectedAsync();
        await ana.SendAsync("one");
        await ana.SendAsync("two");
        await Expect(ana.Texts).ToHaveCountAsync(2);

        await Expect(ana.Log.Locator(".day")).ToHaveCountAsync(1);
        await Expect(ana.Log.Locator(".day time")).ToHaveTextAsync(new Regex(@"\w+ \d+|\d+ \w+"));
    }

    [Fact]
    public async Task ComingsAndGoingsAreReadAloudAsSentences()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;
        bo.Room.Leave(bo);

        await Expect(ana.Notices).ToHaveTextAsync(["+ you - bo"]);
        await Expect(ana.Notices.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", "You joined · bo left");
    }

    [Fact]
    public async Task PeopleWhoComeAndGoBetweenMessagesMakeOneLine()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        foreach (var name in new[] { "bo", "cy", "dee" }) Join(room, name);
        await Expect(ana.Notices).ToHaveTextAsync(["+ you and 3 others"]);

        await ana.SendAsync("welcome");
        await Expect(ana.Pending).ToHaveCountAsync(0);
        var eve = Join(room, "eve").Member;
        eve.Room.Leave(eve);

        await Expect(ana.Notices).ToHaveTextAsync(["+ you and 3 others", "- eve"]);
    }

    [Fact]
    public async Task OnlyWebAndMailAddressesCanBePressed()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        (string Text, string[] Links)[] said =
        [
            ("see https://example.org/a?b=c&d=e#f, or (http://example.org/x).",
                ["https://example.org/a?b=c&d=e#f", "http://example.org/x"]),
            ("javascript:alert(1) ftp://example.org data:text/html,x mailto:?body=x", []),
            ("https:// http://[ https://\"onclick=\"x", []),
            ("<https://example.org/>", ["https://example.org/"]),
            ("https://example.org/a_(b), www.example.org", ["https://example.org/a_(b)", "www.example.org"]),
            ("ask ana@example.org.", ["ana@example.org"]),
        ];
        foreach (var (text, _) in said) await ana.SendAsync(text);
        await Expect(ana.Texts).ToHaveTextAsync(said.Select(one => one.Text));
        await Expect(ana.Pending).ToHaveCountAsync(0);

        var links = ana.Log.Locator("a");
        await Expect(links).ToHaveTextAsync(said.SelectMany(one => one.Links));
        foreach (var link in await links.AllAsync())
        {
            await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
            Assert.Matches("^(https?://|mailto:ana@)", await link.GetAttributeAsync("href"));
        }
    }

    [Fact]
    public async Task AMentionedPersonSeesTheMention()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;

        bo.Post("@Ana look here");
        bo.Post("not @anabel, nor me@ana");
        await ana.SendAsync("@bo where?");

        await Expect(ana.Texts).ToHaveCountAsync(3);
        await Expect(ana.Log.Locator("mark")).ToHaveTextAsync(["@Ana"]);
        await Expect(ana.Log.Locator(".mentioned")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task WhatBeginsWithMeIsAnActionWithTheName()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo").Member;

        await ana.SendAsync("/me waves");
        await Expect(ana.Pending).ToHaveCountAsync(0);
        bo.Post("/me sees @ana");
        bo.Post("/mean it");

        await Expect(ana.Texts).ToHaveTextAsync(["ana waves", "bo sees @ana", "/mean it"]);
        await Expect(ana.Texts.Locator("em")).ToHaveCountAsync(2);
        await Expect(ana.Log.Locator("em mark")).ToHaveTextAsync(["@ana"]);
    }

    [Fact]
    public async Task EachPersonHasADistinctColourThatIsTheSameInEveryRoom()
    {
        var room = NewRoom();
        var names = Enumerable.Range(0, 19).Select(n => $"{(char)('a' + n)} person").ToArray();
        foreach (var name in names) Join(room, name);
        var zoe = await JoinedAsync(room, "zoe zed");
        await Expect(zoe.Roster).ToHaveCountAsync(20);

        var colours = await ColoursAsync(zoe);
        Assert.Equal(20, colours.Values.Distinct().Count());
        await Expect(zoe.Page.Locator(".roster .avatar").First).ToHaveTextAsync("ZZ");
        var another = await JoinedAsync(NewRoom(), "zoe zed");
        Assert.Equal(colours["zoe zed"], (await ColoursAsync(another))["zoe zed"]);
    }

    [Fact]
    public async Task TypingIsShownForAWhileAndNotReadAloud()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = await JoinedAsync(room, "bo");
        var typing = ana.Page.Locator("#typing");

        await bo.Text.PressSequentiallyAsync("hm, let me see");
        await Expect(typing).ToHaveTextAsync("bo is typing…");
        await Expect(typing).ToHaveAttributeAsync("aria-hidden", "true");
        await Expect(typing).ToBeEmptyAsync();

        await ana.Page.ReloadAsync();
        await ana.WaitUntilConnectedAsync();
        await Expect(typing).ToBeEmptyAsync();
    }

    [Fact]
    public async Task TypingIsSentAtMostOnceInThreeSeconds()
    {
        var bo = await OpenAsync($"/r/{NewRoom()}");
        var notices = 0;
        bo.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) =>
        {
            if (frame.Text?.Contains("\"Typing\"", StringComparison.Ordinal) == true) notices++;
        };
        await bo.GiveNameAsync("bo");
        await bo.WaitUntilConnectedAsync();

        await bo.Page.Clock.SetFixedTimeAsync("2026-01-31T10:00:00.000Z");
        await bo.Text.PressSequentiallyAsync("hm, let me see");
        await bo.Page.Clock.SetFixedTimeAsync("2026-01-31T10:00:02.999Z");
        await bo.Text.PressSequentiallyAsync(" and see");
        await bo.Page.Clock.SetFixedTimeAsync("2026-01-31T10:00:03.000Z");
        await bo.Text.PressSequentiallyAsync(" again");
        await bo.Button("Send").ClickAsync();
        await Expect(bo.Texts).ToHaveCountAsync(1);     // so everything before was sent too
        await Expect(bo.Pending).ToHaveCountAsync(0);

        Assert.Equal(2, notices);
    }

    private static Task<Dictionary<string, string>> ColoursAsync(Window window) =>
        window.Page.EvaluateAsync<Dictionary<string, string>>("""
            () => {
              const name = (person) => person.querySelector('bdi').textContent;
              const colour = (person) => getComputedStyle(person.querySelector('.avatar')).backgroundColor;
              const people = [...document.querySelectorAll('#roster li')];
              return Object.fromEntries(people.map((person) => [name(person), colour(person)]));
            }
            """);
}
