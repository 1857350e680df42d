using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

[Trait("Browser", "Firefox")]
public sealed class RestartTests(Browser browser) : BrowserTest(browser)
{
    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    public async Task AfterARestartARoomCanBeMadeAgainUnderItsCode(string signal)
    {
        var address = ServerProcess.FreeAddress();
        string room;
        Window ana, bo;
        using (var server = await ServerProcess.AtAsync(address))
        {
            ana = await OpenAsync(address.ToString());
            ana.AllowOutage();
            await ana.Name.FillAsync("ana");
            await ana.Button("Create a room").ClickAsync();
            await ana.WaitUntilConnectedAsync();
            room = await ana.RoomCode.InnerTextAsync();
            bo = await OpenAsync($"{address}r/{room}");
            bo.AllowOutage();
            await bo.GiveNameAsync("bo");
            await bo.WaitUntilConnectedAsync();
            await bo.SendAsync("before");
            await Expect(ana.Texts).ToHaveTextAsync(["before"]);
            await Expect(bo.Pending).ToHaveCountAsync(0);
            server.Signal(signal);
            await server.WaitForExitAsync();
        }
        await Expect(ana.Connection).Not.ToHaveTextAsync("Connected");
        await ana.SendAsync("typed meanwhile");
        await Expect(ana.Log).ToContainTextAsync("Waiting to be sent");

        Keep(await ServerProcess.AtAsync(address));
        await Expect(ana.Banner).ToContainTextAsync("This room has closed");
        await Expect(bo.Banner).ToContainTextAsync("This room has closed");
        await Expect(ana.Texts.First).ToHaveTextAsync("before");

        await ana.Button("Reopen room").ClickAsync();
        await ana.WaitUntilConnectedAsync();
        await bo.WaitUntilConnectedAsync();     // by itself, since the room lives again
        await Expect(bo.Toast).ToContainTextAsync("reopened");
        await bo.SendAsync("after");

        Assert.Equal(room, await ana.RoomCode.InnerTextAsync());
        await Expect(ana.Roster).ToHaveTextAsync(["ana", "bo"]);
        await Expect(bo.Roster).ToHaveTextAsync(["bo", "ana"]);
        await Expect(ana.Texts).ToHaveTextAsync(["before", "typed meanwhile", "after"]);
        await Expect(bo.Texts).ToHaveTextAsync(["before", "typed meanwhile", "after"]);
    }
}
