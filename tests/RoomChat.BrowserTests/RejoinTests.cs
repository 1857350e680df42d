using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

public sealed class RejoinTests : BrowserTest
{
    private readonly TestClock _clock;

    public RejoinTests(Browser browser) : this(browser, new TestClock())
    {
    }

    private RejoinTests(Browser browser, TestClock clock)
        : base(browser, services => services.AddSingleton<TimeProvider>(clock), ("Limits:JoinsPerMinute", "30")) =>
        _clock = clock;

    /// <summary>A send refused with not-in-room joins again; that join too may be refused for a while.</summary>
    [Fact]
    public async Task AMessageFromALostSeatGoesOnceJoiningIsAllowedAgain()
    {
        var room = NewRoom();
        var heard = Join(room, "ana").Reader;
        var bo = await JoinedAsync(room, "bo");
        await GiveUpSeatAsync(bo, room);
        await UseUpJoinsAsync(room);

        await bo.SendAsync("am I still here?");
        await Expect(bo.Connection).ToContainTextAsync("That was too fast. Try again in a moment. Reconnecting…");
        await Expect(bo.Pending).ToHaveTextAsync(["am I still here?"]);
        _clock.AdvanceSeconds(60);

        await bo.WaitUntilConnectedAsync();
        await heard.WaitForTextAsync("am I still here?");
        await Expect(bo.Pending).ToHaveCountAsync(0);
        await Expect(bo.Texts).ToHaveTextAsync(["am I still here?"]);
    }

    /// <summary>By HTTP, so that the page's connection stays open and is not told.</summary>
    private static async Task GiveUpSeatAsync(Window window, string room) =>
        Assert.True(await window.Page.EvaluateAsync<bool>("""
            async (room) => {
              const seat = JSON.parse(sessionStorage.getItem(`seat:${room}`));
              const headers = { Authorization: `Bearer ${seat}` };
              return (await fetch(`/api/rooms/${room}/members/me`, { method: 'DELETE', headers })).ok;
            }
            """, room));

    private async Task UseUpJoinsAsync(string room)
    {
        using var api = new HttpClient { BaseAddress = Server.Address };
        for (var joins = 0; ; joins++)
        {
            var answer = await api.PostAsJsonAsync($"/api/rooms/{room}/members", new { name = $"guest {joins}" },
                TestContext.Current.CancellationToken);
            if (answer.StatusCode == System.Net.HttpStatusCode.TooManyRequests) return;
            answer.EnsureSuccessStatusCode();
        }
    }
}
