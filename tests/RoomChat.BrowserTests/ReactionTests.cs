using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>Reactions to a message, and who has read it.</summary>
public sealed class ReactionTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    [Trait("Browser", "Firefox")]
    public async Task AReactionIsCountedNamedAndTakenBack()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await ana.SendAsync("lunch?");
        await Expect(bo.Texts).ToHaveCountAsync(1);

        await bo.ToFrontAsync();
        await bo.OpenActionsAsync("lunch?");
        await bo.Page.Locator("#message-menu").GetByLabel("👍").ClickAsync();
        var chip = ana.Reactions.GetByRole(AriaRole.Button);
        await Expect(chip).ToHaveAccessibleNameAsync("👍 1: bo. Press to add yours.");
        await Expect(chip).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(ana.Reactions).ToHaveAttributeAsync("aria-live", "off");

        await ana.ToFrontAsync();
        await chip.ClickAsync();
        await Expect(chip).ToHaveAccessibleNameAsync("👍 2: bo, you. Press to take yours back.");
        await Expect(chip).ToHaveAttributeAsync("aria-pressed", "true");
        await chip.ClickAsync();
        await Expect(bo.Reactions.GetByRole(AriaRole.Button))
            .ToHaveAccessibleNameAsync("👍 1: you. Press to take yours back.");
        await bo.Page.ReloadAsync();
        await Expect(bo.Reactions.GetByRole(AriaRole.Button))
            .ToHaveAccessibleNameAsync("👍 1: you. Press to take yours back.");
    }

    [Fact]
    public async Task TheMenuDoesNotMoveUnderTheFingerWhenAReactionComes()
    {
        var (ana, bo, room) = await TwoBrowsersAsync();
        await ana.SendAsync("lunch?");
        await Expect(bo.Texts).ToHaveCountAsync(1);
        await ana.OpenActionsAsync("lunch?");
        var choice = ana.Page.Locator("#message-menu").GetByLabel("🎉");
        var facts = ana.Page.Locator("#message-facts");
        await Expect(facts).Not.ToContainTextAsync("👍");
        var before = await choice.BoundingBoxAsync();

        Join(room, "cy").Member.React(3, "👍").OrFail();
        await Expect(facts).ToContainTextAsync("👍 cy");

        Assert.Equal(before!.Y, (await choice.BoundingBoxAsync())!.Y);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("مرحبا، سأكون هناك غدا")]
    public async Task AllEightFitIntoOneLineOfASmallPhone(string text)
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await ana.Page.SetViewportSizeAsync(320, 568);
        await bo.SendAsync(text);
        await Expect(ana.Texts).ToHaveCountAsync(1);

        await ana.ToFrontAsync();
        for (var n = 0; n < 8; n++)
        {
            await ana.OpenActionsAsync(text);
            await ana.Page.Locator("#mark-choice button").Nth(n).ClickAsync();
            await Expect(ana.Reactions.GetByRole(AriaRole.Button)).ToHaveCountAsync(n + 1);
        }

        Assert.True(await ana.Reactions.EvaluateAsync<bool>("""
            (row) => {
              for (const count of row.querySelectorAll('.of')) count.textContent = '99+';
              const chips = [...row.children].map((chip) => chip.getBoundingClientRect());
              return chips.every(({ top, right }) => top === chips[0].top && right <= innerWidth)
                && document.getElementById('scroller').scrollWidth <= innerWidth;
            }
            """));
    }

    [Fact]
    public async Task ItIsShownWhoseConnectionIsLost()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var (bo, reader) = Join(room, "bo");
        var seq = bo.Post("see you");
        bo.Room.Seen(bo, seq).OrFail();
        var away = ana.Page.Locator("#roster .away");

        bo.Room.Drop(bo, reader);
        await Expect(away.Last).ToBeVisibleAsync();
        await Expect(away.First).ToBeHiddenAsync();
        Server.Lobby.Join(new JoinAttempt(room, "bo") { Seat = bo.Seat }, new TestReader()).OrFail();
        await Expect(away.Last).ToBeHiddenAsync();
    }

    [Fact]
    public async Task ItIsShownWhoHasReadMyLastMessageUnlessSomebodyDoesNotWantTo()
    {
        var (ana, bo, _) = await TwoBrowsersAsync();
        await ana.SendAsync("read me");
        await Expect(ana.Log.Locator(".read")).ToHaveTextAsync("read");
        await ana.OpenActionsAsync("read me");
        await Expect(ana.Page.Locator("#message-facts")).ToHaveTextAsync("Read by bo");
        await ana.Page.Keyboard.PressAsync("Escape");

        await bo.ToFrontAsync();
        await bo.Button("About this room").ClickAsync();
        await bo.Page.GetByLabel("Let others see what I have read").UncheckAsync();
        await Expect(ana.Log.Locator(".read")).ToBeEmptyAsync();
        await bo.Page.ReloadAsync();
        await bo.WaitUntilConnectedAsync();
        await Expect(bo.Page.Locator("#tells-seen")).Not.ToBeCheckedAsync();
    }
}
