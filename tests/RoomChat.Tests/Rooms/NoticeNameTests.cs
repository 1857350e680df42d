using RoomChat.Languages;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

/// <summary>No name passes for a notice, a mark or an account.</summary>
public sealed class NoticeNameTests
{
    private static readonly NameRules Rules =
        new(new Limits { NameLength = 60 }, new(Notices.Names, Notices.Sentences));

    [Theory]
    [InlineData("ana ◆")]
    [InlineData("ana✓")]
    [InlineData("ana✅")]
    [InlineData("ana ☑")]
    [InlineData("★ana")]
    [InlineData("ana⭐")]
    [InlineData("🔹ana")]
    [InlineData("ana🔒")]
    [InlineData("ana • eve")]
    [InlineData("bo left · eve")]
    [InlineData("bo · eve")]
    [InlineData("ana ꞏ eve")]
    [InlineData("ana→bo")]
    [InlineData("+ ana")]
    [InlineData("bo - cy")]
    [InlineData("– bo")]
    [InlineData("−bo")]
    [InlineData("* bo")]
    [InlineData("~ bo")]
    [InlineData("! eve")]
    [InlineData("@ ana")]
    [InlineData("ana:")]
    [InlineData("ana: I quit. bo")]
    [InlineData("ana： hi")]
    [InlineData("“ana”")]
    [InlineData("ana™®")]
    [InlineData("ana❶")]
    [InlineData("1\u20E3 ana")]
    public void AMarkIsNoPartOfAName(string typed) => AssertRefused(typed);

    [Theory]
    [InlineData("System")]
    [InlineData("SYSTEM")]
    [InlineData("Systern")]
    [InlineData("You")]
    [InlineData("you")]
    [InlineData("(you)")]
    [InlineData("Y0u")]
    [InlineData("Owner")]
    [InlineData("ana (you)")]
    [InlineData("ana (owner)")]
    [InlineData("ana owner")]
    [InlineData("ana has an account")]
    [InlineData("watcher left")]
    [InlineData("WATCHER LEFT")]
    [InlineData("watcher Ieft")]
    [InlineData("watcher JOINED")]
    [InlineData("bo left, eve")]
    [InlineData("You and bo")]
    [InlineData("ana and 3 others")]
    [InlineData("bo is eve now")]
    [InlineData("eve owns the room now")]
    [InlineData("Message removed by bo")]
    [InlineData("bo is typing...")]
    [InlineData("王 加入了")]
    [InlineData("王加入了")]
    [InlineData("Du")]
    [InlineData("服务器")]
    [InlineData("الخادم")]
    [InlineData("مغادرة بو")]
    public void ANameDoesNotReadAsANotice(string typed) => AssertRefused(typed);

    [Fact]
    public void WhatAPageCallsPeopleIsNoNameInAnyLanguage() => Assert.All(Notices.Names, AssertRefused);

    [Fact]
    public void WhatAPageSaysOfPeopleIsNoNameInAnyLanguage()
    {
        var said = Notices.Sentences
            .Select(sentence => string.Concat(sentence.Split('{', '}').Select((part, i) => i % 2 == 0 ? part : "ana")))
            .Where(sentence => sentence.Length <= 60)
            .ToList();

        Assert.True(said.Count > 8 * 20);
        Assert.All(said, AssertRefused);
    }

    [Fact]
    public void AnAccountOfAnEarlierVersionKeepsItsName()
    {
        using var lobby = new TestLobby();
        Assert.True(Name.TryRead("ana ◆", 20, out var kept));
        var account = new AccountIdentity(kept, "1-1");

        Assert.Equal(kept, lobby.NewRoom().NameFor(account, "Ana ◆"));
        Assert.Null(lobby.NewRoom().NameFor(null, "Ana ◆"));
    }

    [Fact]
    public async Task AServerKnowsWhatItsPagesSay()
    {
        await using var server = new ChatServer();
        using var program = await ApiClient.OfAsync(server);
        var room = await program.CreateRoomAsync();

        foreach (var name in new[] { "System", "watcher left", "ana ◆" })
        {
            var joined = await program.PostAsync($"/api/rooms/{room}/members", new { name });
            Assert.Equal((400, "name-invalid"), (joined.Status, joined.Code));
            Assert.Equal("name-invalid", (await program.PostAsync(
                "/api/accounts", new { name, password = ApiClient.Password })).Code);
        }
    }

    private static void AssertRefused(string typed) => Assert.False(Rules.TryParse(typed, out _), typed);
}
