using Microsoft.Playwright;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

[Trait("Browser", "Firefox")]
public sealed class ConversationTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task TwoWindowsOfOneBrowserAreTwoPeopleWhoTalkBothWays()
    {
        var ana = await OpenAsync();
        await ana.Name.FillAsync("ana");
        await ana.Button("Create a room").ClickAsync();
        await ana.WaitUntilConnectedAsync();
        var code = await ana.RoomCode.InnerTextAsync();

        var bo = await OpenAsync();
        await bo.Name.FillAsync("bo");
        await bo.Code.FillAsync(code);
        await bo.Button("Join").ClickAsync();
        await bo.WaitUntilConnectedAsync();

        await bo.SendAsync("hello from bo");
        await Expect(ana.Texts).ToHaveTextAsync(["hello from bo"]);
        await ana.SendAsync("hello from ana");
        await Expect(bo.Texts).ToHaveTextAsync(["hello from bo", "hello from ana"]);
        await Expect(ana.Roster).ToHaveTextAsync(["ana", "bo"]);
        await Expect(bo.Roster).ToHaveTextAsync(["bo", "ana"]);
        await Expect(bo.Count).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task AThirdWindowWithTheLinkIsAskedForANameAndOfferedTheLastOneUsed()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = await JoinedAsync(room, "bo");

        var third = await OpenAsync($"/r/{room}");
        await Expect(third.AskName).ToBeVisibleAsync();
        await Expect(third.Name).ToHaveValueAsync("bo");
        await Expect(third.Name).ToBeFocusedAsync();
        await third.GiveNameAsync("cy");

        await Expect(third.Roster).ToHaveTextAsync(["cy", "ana", "bo"]);
        await Expect(ana.Notices).ToHaveTextAsync(["+ you and 2 others"]);
        await Expect(bo.Roster).ToHaveTextAsync(["bo", "ana", "cy"]);
    }

    [Fact]
    public async Task ARefusedNameIsExplainedInPlaceAndAnotherCanBeChosen()
    {
        var room = NewRoom();
        Join(room, "ana");
        var bo = await OpenAsync($"/r/{room}");
        (string Name, string Reason)[] refused =
        [
            ("ANA", "taken"),
            ("", "Enter a name that others will see."),
            ("a name of twenty-one!", "too long"),
            ("\u0430na", "cannot be used"),  // begins with a Cyrillic letter
        ];
        foreach (var (name, reason) in refused)
        {
            await bo.GiveNameAsync(name);
            await Expect(bo.NameError).ToContainTextAsync(reason);
            await Expect(bo.Name).ToHaveValueAsync(name);
        }
        await bo.GiveNameAsync("bo");

        await bo.WaitUntilConnectedAsync();
        await Expect(bo.AskName).ToBeHiddenAsync();
        await Expect(bo.Notices).ToHaveTextAsync(["+ you and ana"]);
    }

    [Fact]
    public async Task EnterSendsAndShiftEnterBreaksTheLine()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = Join(room, "bo");

        await ana.Text.FillAsync("one");
        await ana.Text.PressAsync("Shift+Enter");
        await ana.Text.PressSequentiallyAsync("two");
        await ana.Text.PressAsync("Enter");

        await Expect(ana.Texts).ToHaveTextAsync(["one\ntwo"], new() { UseInnerText = true });
        await bo.Reader.WaitForTextAsync("one\ntwo");
        await Expect(ana.Text).ToHaveValueAsync("");
    }

    [Fact]
    public async Task AMessageThatIsTooLongStaysInTheFieldAndTheReasonStandsBesideIt()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var tooLong = new string('x', 501);

        await ana.SendAsync(tooLong);
        await Expect(ana.TextError).ToHaveTextAsync("That is 501 characters; a message can have 500.");
        await Expect(ana.Text).ToHaveValueAsync(tooLong);

        await ana.SendAsync(tooLong[1..]);
        await Expect(ana.Texts).ToHaveTextAsync([tooLong[1..]]);
        await Expect(ana.TextError).ToBeHiddenAsync();
    }

    [Fact]
    public async Task OwnMessagesOthersAndNoticesAreToldApart()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        Join(room, "bo").Member.Post("from bo");
        await Expect(ana.Texts).ToHaveCountAsync(1);
        await ana.SendAsync("from ana");
        await Expect(ana.Log.Locator("time")).ToHaveCountAsync(2);

        var others = ana.Groups.Filter(new() { HasText = "from bo" });
        var own = ana.Groups.Filter(new() { HasText = "from ana" });
        await Expect(others.Locator(".from")).ToHaveTextAsync("bo");
        await Expect(own.Locator(".from")).ToHaveTextAsync("You");
        await Expect(ana.Page.Locator("#roster .me bdi")).ToHaveTextAsync("ana");

        ILocator[] boxes = [others.Locator(".message"), own.Locator(".message"), ana.Notices.First];
        Assert.Equal(3, (await Task.WhenAll(boxes.Select(StyleAsync))).Distinct().Count());
        Assert.Equal(["start", "end", "center"], await Task.WhenAll(boxes.Select(AlignmentAsync)));
    }

    [Fact]
    public async Task LeavingGoesHomeTheOthersSeeTheLeavingAndComingBackIsANewJoin()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");
        var bo = await JoinedAsync(room, "bo");

        await bo.Button("Leave").ClickAsync();
        await Expect(bo.Page).ToHaveURLAsync("/");
        await Expect(ana.Notices).ToHaveTextAsync(["+ you - bo"]);
        await Expect(ana.Roster).ToHaveTextAsync(["ana"]);

        await bo.RecentRoomLinks.ClickAsync();
        await Expect(ana.Notices).ToHaveTextAsync(["+ you and bo"]);
        await Expect(bo.Notices).ToHaveTextAsync(["+ you and ana"]);
    }

    [Fact]
    public async Task CopyPutsTheLinkIntoTheClipboard()
    {
        await Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var room = NewRoom();
        var ana = await JoinedAsync(room, "ana");

        await ana.RoomCode.ClickAsync();

        await Expect(ana.Toast.Locator("p")).ToHaveTextAsync("Link copied");
        Assert.Equal(Server.Address + $"r/{room}", await ana.ClipboardAsync());
    }

    private static Task<string> StyleAsync(ILocator line) =>
        line.EvaluateAsync<string>("""
            (line) => {
              const { backgroundColor, fontFamily } = getComputedStyle(line);
              return backgroundColor + fontFamily;
            }
            """);

    private static Task<string> AlignmentAsync(ILocator line) =>
        line.EvaluateAsync<string>("""
            (line) => {
              const words = document.createRange();
              words.selectNodeContents(line);
              const { left, right } = words.getBoundingClientRect();
              const log = document.getElementById('lines').getBoundingClientRect();
              const [before, after] = [left - log.left, log.right - right];
              return Math.abs(before - after) < 2 ? 'center' : before < after ? 'start' : 'end';
            }
            """);
}
