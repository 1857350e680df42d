using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Playwright;
using RoomChat.Hubs;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests.Support;

/// <summary>Brings a page into every state that it can show.</summary>
public abstract class PageStateTest(Browser browser) : BrowserTest(browser,
    ("Limits:MembersPerRoom", "3"), ("Limits:SeatSeconds", "3"), ("Limits:EmptyRoomSeconds", "10"),
    ("Limits:MessageLength", "300"))
{
    private Dictionary<string, Func<Task<Window>>> States => new()
    {
        ["home"] = () => OpenAsync(),
        ["home with recent rooms"] = HomeWithRoomsAsync,
        ["home with mistakes"] = HomeWithMistakesAsync,
        ["signed in"] = SignedInAsync,
        ["sign up refused"] = SignUpRefusedAsync,
        ["account"] = AccountAsync,
        ["deleting the account"] = DeletingAccountAsync,
        ["given a name"] = GivenANameAsync,
        ["direct chat"] = DirectChatAsync,
        ["no such room"] = () => OpenAsync("/r/000000", status: 404),
        ["no such page"] = () => OpenAsync("/nowhere", status: 404),
        ["asked for a name"] = () => OpenAsync($"/r/{NewRoom()}"),
        ["name taken"] = NameTakenAsync,
        ["joining"] = JoiningAsync,
        ["alone"] = () => JoinedAsync(NewRoom(), "Ana"),
        ["talk"] = TalkAsync,
        ["code"] = CodeAsync,
        ["finding"] = FindingAsync,
        ["share"] = SharingAsync,
        ["people"] = PeopleAsync,
        ["unread"] = UnreadAsync,
        ["changed talk"] = ChangedTalkAsync,
        ["message actions"] = MessageActionsAsync,
        ["answering"] = AnsweringAsync,
        ["editing"] = EditingAsync,
        ["taking back"] = TakingBackAsync,
        ["room menu"] = RoomMenuAsync,
        ["setting an end"] = SettingAnEndAsync,
        ["acts on a person"] = ActsOnAPersonAsync,
        ["asked for a passphrase"] = AskedForAPassphraseAsync,
        ["sealed"] = SealedAsync,
        ["sealed room menu"] = SealedRoomMenuAsync,
        ["asked for the link"] = () => OpenAsync($"/r/{NewSealedRoom()}"),
        ["link without a key"] = LinkWithoutAKeyAsync,
        ["not opened"] = NotOpenedAsync,
        ["locked"] = LockedAsync,
        ["removed"] = RemovedAsync,
        ["too long"] = TooLongAsync,
        ["not sent"] = NotSentAsync,
        ["reconnecting"] = ReconnectingAsync,
        ["replaced"] = ReplacedAsync,
        ["room gone"] = RoomGoneAsync,
        ["room closed"] = RoomClosedAsync,
        ["room full"] = RoomFullAsync,
        ["server stopped"] = ServerStoppedAsync,
    };

    public static TheoryData<string> NormalStates =>
    [
        "home", "home with recent rooms", "signed in", "account", "deleting the account", "given a name",
        "direct chat", "no such room", "no such page",
        "asked for a name", "joining", "alone", "talk", "code", "finding", "share", "people", "unread",
        "changed talk", "message actions", "answering", "editing", "taking back",
        "room menu", "setting an end", "acts on a person", "asked for a passphrase",
        "sealed", "sealed room menu", "asked for the link",
    ];

    public static TheoryData<string> ErrorStates =>
    [
        "home with mistakes", "sign up refused", "name taken", "too long", "not sent", "reconnecting", "replaced",
        "room gone", "room closed", "room full", "server stopped", "locked", "removed",
        "link without a key", "not opened",
    ];

    private protected Task<Window> OpenStateAsync(string state) => States[state]();

    private async Task<Window> HomeWithRoomsAsync()
    {
        var ana = await JoinedAsync(NewRoom(), "Ana");
        await ana.GoAsync($"/r/{NewRoom()}");
        await ana.WaitUntilConnectedAsync();
        await ana.GoAsync("/");
        return ana;
    }

    private async Task<Window> HomeWithMistakesAsync()
    {
        var window = await OpenAsync();
        window.AllowStatus(400);
        await window.Name.FillAsync("\u0430na");
        await window.Code.FillAsync("K7M 2Q!");
        await window.Button("Join").ClickAsync();
        await Expect(window.CodeError).ToBeVisibleAsync();
        return window;
    }

    private async Task<Window> SignedInAsync()
    {
        var bo = await SignedUpAsync("Bo", await OpenInAnotherBrowserAsync("/account/sign-up"));
        var ana = await SignedUpAsync("Ana");
        await SignedUpAsync("Cy Müller", await OpenInAnotherBrowserAsync("/account/sign-up"));
        await bo.ChatWithAsync("Ana");
        await bo.WaitUntilConnectedAsync();
        await ana.ChatWithAsync("Cy Müller");
        await ana.WaitUntilConnectedAsync();
        return await OpenAsync();
    }

    private async Task<Window> SignUpRefusedAsync()
    {
        var window = await OpenAsync("/account/sign-up");
        window.AllowStatus(400);
        await window.SignAsync("Ana", "short");
        await Expect(window.Page.Locator("#password-error")).ToBeVisibleAsync();
        return window;
    }

    private async Task<Window> AccountAsync()
    {
        var window = await SignedUpAsync("Ana");
        await (await OpenInAnotherBrowserAsync("/account/sign-in")).SignAsync("Ana");
        await window.GoAsync("/account");
        return window;
    }

    private async Task<Window> DeletingAccountAsync()
    {
        var window = await SignedUpAsync("Ana");
        await window.GoAsync("/account/delete");
        return window;
    }

    private async Task<Window> GivenANameAsync()
    {
        var room = NewRoom();
        var guest = await JoinedAsync(room, "Ana");
        var ana = await SignedUpAsync("Ana", await OpenInAnotherBrowserAsync("/account/sign-up"));
        await ana.GoAsync($"/r/{room}");
        await ana.WaitUntilConnectedAsync();
        await Expect(guest.Toast).ToBeVisibleAsync();
        return guest;
    }

    private async Task<Window> DirectChatAsync()
    {
        var bo = await SignedUpAsync("Bo", await OpenInAnotherBrowserAsync("/account/sign-up"));
        var ana = await SignedUpAsync("Ana");
        await ana.ChatWithAsync("Bo");
        await ana.WaitUntilConnectedAsync();
        await ana.SendAllAsync(["Are you there?"]);
        await bo.Page.ReloadAsync();
        await bo.DirectChats.GetByRole(AriaRole.Link).ClickAsync();
        await bo.WaitUntilConnectedAsync();
        await bo.SendAllAsync(["Yes. What is it?"]);
        await Expect(ana.Texts).ToHaveCountAsync(2);
        return ana;
    }

    private async Task<Window> RoomMenuAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "Ana");
        Join(room, "Bo");
        await ana.Button("About this room").ClickAsync();
        await Expect(ana.Button("Lock the room")).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> SettingAnEndAsync()
    {
        var ana = await RoomMenuAsync();
        await ana.Button("Set its end…").ClickAsync();
        await Expect(ana.Button("Save")).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> ActsOnAPersonAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "Ana");
        Join(room, "Bo").Member.Post("Hello");
        await Expect(ana.Texts).ToHaveCountAsync(1);
        var list = ana.Page.Locator(".people");
        if (await list.IsVisibleAsync()) await list.ClickAsync();
        await ana.Page.GetByLabel("What you can do about Bo").ClickAsync();
        await Expect(ana.Button("Remove…")).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> AskedForAPassphraseAsync()
    {
        var room = NewRoom();
        Join(room, "Bo").Member.SetPassphrase("sesame").OrFail();
        var window = await OpenAsync($"/r/{room}");
        await window.GiveNameAsync("Ana");
        await Expect(window.Page.GetByLabel("This room asks for a passphrase")).ToBeVisibleAsync();
        return window;
    }

    private async Task<Window> SealedAsync()
    {
        var (ana, _) = await TwoInASealedRoomAsync();
        await ana.SendAsync("Only we can read this");
        await Expect(ana.Pending).ToHaveCountAsync(0);
        return ana;
    }

    private async Task<Window> SealedRoomMenuAsync()
    {
        var ana = await SealedAsync();
        await ana.Button("About this room").ClickAsync();
        await Expect(ana.Page.Locator("#room-signs")).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> LinkWithoutAKeyAsync()
    {
        var window = await OpenAsync($"/r/{NewSealedRoom()}");
        await window.Button("Open").ClickAsync();
        await Expect(window.Page.Locator("#key-error")).Not.ToBeEmptyAsync();
        return window;
    }

    private async Task<Window> NotOpenedAsync()
    {
        var (ana, link) = await TwoInASealedRoomAsync();
        await SayAsync(link, "eve", _ => "v1.AAECAwQFBgcICQoLYQSAZ7VRf38304fkOexneaUv36iE");
        await Expect(ana.Page.Locator(".unopened")).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> LockedAsync()
    {
        var room = NewRoom();
        Join(room, "Bo").Member.Lock().OrFail();
        var window = await OpenAsync($"/r/{room}");
        await Expect(window.Banner).ToContainTextAsync("locked");
        return window;
    }

    private async Task<Window> RemovedAsync()
    {
        var room = NewRoom();
        var (bo, _) = Join(room, "Bo");
        var ana = await JoinedAsync(room, "Ana");
        bo.RemoveMember(2).OrFail();
        await Expect(ana.Banner).ToContainTextAsync("removed");
        return ana;
    }

    private async Task<Window> NameTakenAsync()
    {
        var room = NewRoom();
        Join(room, "Ana");
        var window = await OpenAsync($"/r/{room}");
        await window.GiveNameAsync("Ana");
        await Expect(window.NameError).ToContainTextAsync("taken");
        return window;
    }

    private async Task<Window> JoiningAsync()
    {
        var window = await OpenAsync($"/r/{NewRoom()}");
        await window.Page.RouteWebSocketAsync("**/hub", _ => { });     // never answered
        await window.GiveNameAsync("Ana");
        await Expect(window.Connection).ToHaveTextAsync("Connecting…");
        return window;
    }

    private async Task<Window> TalkAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "Ana");
        var bo = Join(room, "Bo Müller").Member;
        var cy = Join(room, "Cy").Member;
        await ana.SendAllAsync(["Hello! Shall we meet at the station?"]);
        await Expect(ana.Pending).ToHaveCountAsync(0);
        bo.Post("Yes, at ten. Here is the way: https://example.org/map?from=here");
        bo.Post("@Ana can you bring the keys,\nand something to eat?");
        cy.Post("I am on the train already");
        await Expect(ana.Texts).ToHaveCountAsync(4);
        await ana.SendAllAsync(
            ["I will. Platform four, under the big clock, where we met the last time; it is easy to find."]);
        await Expect(ana.Pending).ToHaveCountAsync(0);
        cy.Room.Typing(cy);
        await Expect(ana.Page.Locator("#typing")).ToHaveTextAsync("Cy is typing…");
        return ana;
    }

    /// <summary>With an edit, an answer, reactions, a message that was taken back, and who has read the last.</summary>
    private async Task<Window> ChangedTalkAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "Ana");
        var bo = await OpenInAnotherBrowserAsync($"/r/{room}");
        await bo.GiveNameAsync("Bo");
        await bo.WaitUntilConnectedAsync();
        await bo.SendAllAsync(["Shall we meet at nine?", "Or not", "أراك غدا"]);
        await Expect(ana.Texts).ToHaveCountAsync(3);
        await bo.ActAsync("Shall we meet at nine?", "Edit");
        await bo.Text.FillAsync("Shall we meet at ten?");
        await bo.Button("Send").ClickAsync();
        await bo.ActAsync("Or not", "Take back…");
        await bo.Button("Take back").ClickAsync();
        await Expect(ana.Stubs).ToHaveCountAsync(1);
        await ana.ActAsync("Shall we meet at ten?", "Answer");
        await ana.SendAsync("Gladly");
        foreach (var mark in new[] { "👍", "🎉" })
        {
            await ana.OpenActionsAsync("أراك غدا");
            await ana.Page.Locator("#mark-choice").GetByLabel(mark).ClickAsync();
        }
        await Expect(ana.Reactions.GetByRole(AriaRole.Button)).ToHaveCountAsync(2);
        await bo.ToFrontAsync();
        await bo.Reactions.GetByRole(AriaRole.Button).First.ClickAsync();
        await ana.ToFrontAsync();
        await Expect(ana.Log.Locator(".read").Last).ToHaveTextAsync("read");
        return ana;
    }

    private async Task<Window> MessageActionsAsync()
    {
        var ana = await ChangedTalkAsync();
        await ana.OpenActionsAsync("Gladly");
        await Expect(ana.Button("Take back…")).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> AnsweringAsync()
    {
        var ana = await ChangedTalkAsync();
        await ana.ActAsync("أراك غدا", "Answer");
        await Expect(ana.Strip).ToContainTextAsync("Answering Bo");
        return ana;
    }

    private async Task<Window> EditingAsync()
    {
        var ana = await ChangedTalkAsync();
        await ana.ActAsync("Gladly", "Edit");
        await Expect(ana.Text).ToHaveValueAsync("Gladly");
        return ana;
    }

    private async Task<Window> TakingBackAsync()
    {
        var ana = await ChangedTalkAsync();
        await ana.ActAsync("Gladly", "Take back…");
        await Expect(ana.Button("Take back")).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> CodeAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "Ana");
        Join(room, "Bo").Member.Post($"""
            Look at `Program.cs`:
            ```cs
            var word = "{new string('W', 200)}";
            Console.WriteLine(word);
            ```
            Does it run?
            """);
        await ana.SendAllAsync(["```\nyes\n```"]);
        await Expect(ana.Log.Locator("pre")).ToHaveCountAsync(2);
        await Expect(ana.Pending).ToHaveCountAsync(0);
        return ana;
    }

    private async Task<Window> FindingAsync()
    {
        var ana = await TalkAsync();
        await ana.Button("About this room").ClickAsync();
        await ana.Button("Find…").ClickAsync();
        await ana.Page.GetByRole(AriaRole.Searchbox).FillAsync("the");
        await Expect(ana.Page.Locator("#find-count")).ToContainTextAsync(" of 7");
        await ana.Button("Only matches").ClickAsync();
        return ana;
    }

    private async Task<Window> SharingAsync()
    {
        var ana = await JoinedAsync(NewRoom(), "Ana");
        await ana.Button("Share").ClickAsync();
        await ana.QrCodeIsDrawnAsync();
        return ana;
    }

    private async Task<Window> PeopleAsync()
    {
        var ana = await TalkAsync();
        await ana.Page.SetViewportSizeAsync(390, 780);
        await ana.Page.Locator("header .people").ClickAsync();
        await Expect(ana.Page.Locator("#people")).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> UnreadAsync()
    {
        var room = NewRoom();
        var ana = await JoinedAsync(room, "Ana");
        var bo = Join(room, "Bo").Member;
        foreach (var n in Enumerable.Range(1, 8)) bo.Post($"This is what was said before, line {n} of it.\n\n\n\n");
        await Expect(ana.Texts).ToHaveCountAsync(8);
        await ana.ScrollUpAsync();
        bo.Post("And this is new");
        await Expect(ana.Pill).ToHaveTextAsync("1 new");
        return ana;
    }

    private async Task<Window> TooLongAsync()
    {
        var ana = await JoinedAsync(NewRoom(), "Ana");
        await ana.SendAsync(string.Concat(Enumerable.Repeat("so much to say ", 21)));
        await Expect(ana.TextError).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> NotSentAsync()
    {
        var ana = await JoinedAsync(NewRoom(), "Ana");
        await ana.GoOfflineAsync();
        await ana.SendAsync("ring \u0007");
        await ana.Text.FillAsync("something else");
        await ana.GoOnlineAsync();
        await Expect(ana.Button("Try again")).ToBeVisibleAsync();
        return ana;
    }

    private async Task<Window> ReconnectingAsync()
    {
        var ana = await TalkAsync();
        await ana.GoOfflineAsync();
        await ana.SendAsync("Wait for me");
        await Expect(ana.Connection).ToContainTextAsync(new Regex(@"Reconnecting… \d+ s"));
        return ana;
    }

    private async Task<Window> ReplacedAsync()
    {
        var first = await JoinedAsync(NewRoom(), "Ana");
        var second = await DuplicateAsync(first);
        await second.Button("Use here").ClickAsync();
        await Expect(first.Banner).ToContainTextAsync("This room is open in another tab.");
        return first;
    }

    private async Task<Window> RoomGoneAsync()
    {
        var ana = await JoinedThroughProxyAsync(NewRoom(), "Ana");
        await ana.SendAsync("What was said stays readable");
        await Expect(ana.Pending).ToHaveCountAsync(0);
        await LoseNetworkAsync(ana);
        await Wait.UntilAsync(() => Server.Lobby.Rooms == 0, "the room is closed");
        await FindNetworkAsync(ana);
        await Expect(ana.Banner).ToContainTextAsync("This room has closed");
        return ana;
    }

    private async Task<Window> RoomClosedAsync()
    {
        var ana = await JoinedAsync(NewRoom(), "Ana");
        var hub = Server.Services.GetRequiredService<IHubContext<ChatHub>>();
        await hub.Clients.All.SendAsync("Closed", new ClosedNotice("room-closed", "This room has been closed.", null));
        await Expect(ana.Banner).ToContainTextAsync("This room has been closed.");
        return ana;
    }

    private async Task<Window> RoomFullAsync()
    {
        var room = NewRoom();
        foreach (var name in new[] { "Ana", "Bo", "Cy" }) Join(room, name);
        var late = await OpenAsync($"/r/{room}");
        await late.GiveNameAsync("Dee");
        await Expect(late.Banner).ToContainTextAsync("full");
        return late;
    }

    private async Task<Window> ServerStoppedAsync()
    {
        var ana = await JoinedAsync(NewRoom(), "Ana");
        ana.AllowOutage();
        Server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await Expect(ana.Connection).ToContainTextAsync("The server is stopping. Reconnecting…");
        return ana;
    }
}
