using System.Text.RegularExpressions;
using RoomChat.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed partial class ComposerTests(Browser browser)
    : BrowserTest(browser, ("Limits:MessagesPerSecond", "1"), ("Limits:MessageBurst", "3"))
{
    [Fact]
    public async Task TabCompletesANameAfterAnAtSign()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Join(room, "Bodo");
        Join(room, "bo");
        await Expect(ana.Roster).ToHaveCountAsync(3);

        await ana.Text.FillAsync("hi @bo");
        await ana.Text.PressAsync("Tab");
        await Expect(ana.Text).ToHaveValueAsync("hi @Bodo ");
        await ana.Text.PressAsync("Tab");
        await Expect(ana.Text).ToHaveValueAsync("hi @bo ");

        await ana.Text.FillAsync("hi");
        await ana.Text.PressAsync("Tab");
        await Expect(ana.Text).Not.ToBeFocusedAsync();
    }

    [Fact]
    public async Task TheFieldGrowsWithTheTextAndShrinksAgain()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        var one = await HeightAsync(ana);

        await ana.Text.FillAsync("one\ntwo\nthree\nfour");
        Assert.InRange(await HeightAsync(ana), one + 40, 400);
        await ana.Button("Send").ClickAsync();

        Assert.Equal(one, await HeightAsync(ana));
        await Expect(ana.Text).ToBeFocusedAsync();
    }

    [Fact]
    public async Task ADraftSurvivesAReload()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Text.FillAsync("half a thou");

        await ana.Page.ReloadAsync();
        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Text).ToHaveValueAsync("half a thou");

        await ana.Button("Send").ClickAsync();
        await Expect(ana.Texts).ToHaveTextAsync(["half a thou"]);
        await ana.Page.ReloadAsync();
        await ana.WaitUntilConnectedAsync();
        await Expect(ana.Text).ToHaveValueAsync("");
    }

    [Fact]
    public async Task NearTheLimitCharactersAreCountedAsTheServerCountsThem()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        var counter = ana.Page.Locator("#counter");

        await ana.Text.FillAsync(new string('x', 449));
        await Expect(counter).ToBeHiddenAsync();
        await ana.Text.FillAsync(string.Concat(Enumerable.Repeat("👍", 499)));
        await Expect(counter).ToHaveTextAsync("1");
        await ana.Button("Send").ClickAsync();

        await Expect(ana.Texts).ToHaveCountAsync(1);
        await Expect(ana.Pending).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task EnterThatEndsACompositionDoesNotSend()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Text.FillAsync("にほん");
        foreach (var composing in new[] { "{ isComposing: true }", "{ keyCode: 229 }" })
        {
            await ana.Text.EvaluateAsync($$"""
                (field) => {
                  const enter = { key: 'Enter', bubbles: true, cancelable: true };
                  field.dispatchEvent(new KeyboardEvent('keydown', { ...enter, ...{{composing}} }));
                }
                """);
        }
        await Expect(ana.Text).ToHaveValueAsync("にほん");

        await ana.Text.PressAsync("Enter");
        await Expect(ana.Texts).ToHaveTextAsync(["にほん"]);
    }

    [Fact]
    public async Task UpInAnEmptyFieldEditsMyLastMessage()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.SendAsync("first");
        await ana.SendAsync("second");
        await Expect(ana.Pending).ToHaveCountAsync(0);

        await ana.Text.EvaluateAsync("""
            (field) => {
              const up = { key: 'ArrowUp', bubbles: true, cancelable: true };
              for (const more of [{ isComposing: true }, { keyCode: 229 }, { shiftKey: true }, { ctrlKey: true }])
                field.dispatchEvent(new KeyboardEvent('keydown', { ...up, ...more }));
            }
            """);
        await Expect(ana.Text).ToHaveValueAsync("");
        await ana.Text.FillAsync("third");
        await ana.Text.PressAsync("ArrowUp");
        await Expect(ana.Text).ToHaveValueAsync("third");
        await ana.Text.FillAsync("");
        await ana.Text.PressAsync("ArrowUp");

        await Expect(ana.Text).ToHaveValueAsync("second");
        await Expect(ana.Text).ToBeFocusedAsync();
    }

    [Fact]
    public async Task SendingTooFastSaysHowLongItWaits()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        var errors = await RecordedTexts.StartAsync(ana.TextError);

        await ana.SendAllAsync(["1", "2", "3", "4", "5"]);

        await errors.WaitForAsync("Sending resumes in 1 second.");
        await Expect(ana.Text).ToHaveAttributeAsync("aria-describedby", "strip-text text-error counter");
        await Expect(ana.Texts).ToHaveTextAsync(["1", "2", "3", "4", "5"]);
        await Expect(ana.Pending).ToHaveCountAsync(0);
        await Expect(ana.TextError).ToBeHiddenAsync();
    }

    [Fact]
    public async Task AReturnDoesNotStealTheFocus()
    {
        var ana = await JoinedAsync(NewRoom(), "ana");
        await ana.Button("Leave").FocusAsync();

        await ana.GoOfflineAsync();
        await Expect(ana.Connection).ToHaveTextAsync(LostForThreeSecondsOrMore());
        await ana.GoOnlineAsync();
        await ana.WaitUntilConnectedAsync();

        await Expect(ana.Button("Leave")).ToBeFocusedAsync();
        await Expect(ana.Toast.Locator("p")).ToHaveTextAsync("Back online");
        await ana.Button("Dismiss").ClickAsync();
        await Expect(ana.Toast).ToBeHiddenAsync();
    }

    [GeneratedRegex("^Reconnecting… ([3-9]|[1-9][0-9]) s")]
    private static partial Regex LostForThreeSecondsOrMore();

    private static Task<int> HeightAsync(Window window) =>
        window.Text.EvaluateAsync<int>("(field) => field.offsetHeight");
}
