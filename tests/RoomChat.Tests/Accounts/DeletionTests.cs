using RoomChat.Tests.Support;

namespace RoomChat.Tests.Accounts;

public sealed class DeletionTests : IAsyncLifetime
{
    private const string Another = "another horse";

    private readonly ChatServer _server = new(("Accounts:Limit", "2"));
    private ApiClient _program = null!;
    private string _ana = "", _bo = "";

    public async ValueTask InitializeAsync()
    {
        _program = await ApiClient.OfAsync(_server);
        foreach (var name in (string[])["Ana", "Bo"]) await _program.SignUpAsync(name);
        _ana = (await _program.SignInAsync("ana")).Access;
        _bo = (await _program.SignInAsync("bo")).Access;
    }

    [Fact]
    public async Task DeletingAnAccountNeedsItsPassword()
    {
        var wrong = await _program.DeleteAccountAsync(_ana, "not the one");
        Assert.Equal((401, "sign-in-failed"), (wrong.Status, wrong.Code));
        var stranger = await _program.DeleteAccountAsync(null);
        Assert.Equal((401, "not-signed-in"), (stranger.Status, stranger.Code));
        var empty = await _program.SendAsync(HttpMethod.Delete, "/api/accounts/me", bearer: _ana);
        Assert.Equal((400, "bad-request"), (empty.Status, empty.Code));

        Assert.Equal(200, (await _program.GetAsync("/api/session", _ana)).Status);
    }

    [Fact]
    public async Task ItsSessionsEndItsMembersLeaveAndItsNameIsFree()
    {
        var other = await _program.SignInAsync("ana");
        await using var member = await ChatClient.ConnectAsync(_server);
        var room = await _program.CreateRoomAsync();
        await member.CallAsync("JoinRoom", new { room, token = other.Access });

        Assert.Equal(204, (await _program.DeleteAccountAsync(_ana)).Status);

        Assert.Equal("signed-out", (await member.ClosedNotice.Task.Soon()).GetProperty("reason").GetString());
        Assert.Equal(401, (await _program.GetAsync("/api/session", _ana)).Status);
        Assert.Equal(401, (await _program.RefreshAsync(other.Refresh)).Status);
        Assert.Equal(401, (await _program.PostAsync("/api/session", Credentials(ApiClient.Password))).Status);
        Assert.Equal(201, (await _program.PostAsync($"/api/rooms/{room}/members", new { name = "ana" })).Status);
        Assert.Equal(201, (await _program.PostAsync("/api/accounts", Credentials(Another))).Status);
        Assert.Equal(401, (await _program.GetAsync("/api/session", _ana)).Status);
    }

    [Fact]
    public async Task ItsDirectChatsCloseForBothAndWhoeverTakesTheNameFindsNothingOfThem()
    {
        await using var bo = await ChatClient.ConnectAsync(_server);
        var room = (await bo.CallAsync("OpenDirect", new { with = "ana", token = _bo }))
            .GetProperty("room").GetString();
        await bo.CallAsync("JoinRoom", new { room, token = _bo });
        await bo.SendAsync("between us");

        await _program.DeleteAccountAsync(_ana);

        Assert.Equal("room-closed", (await bo.ClosedNotice.Task.Soon()).GetProperty("reason").GetString());
        Assert.Empty(await DirectChatsAsync(_bo));
        Assert.Equal("account-not-found", (await _program.PostAsync("/api/direct", new { with = "ana" }, _bo)).Code);

        await _program.SignUpAsync("Ana", Another);
        var (access, _) = await _program.SignInAsync("ana", Another);
        Assert.Empty(await DirectChatsAsync(access));
        var anew = (await _program.PostAsync("/api/direct", new { with = "bo" }, access)).Body.GetProperty("room");
        var seat = (await _program.PostAsync($"/api/rooms/{anew}/members", new { token = access }))
            .Body.GetProperty("seat").GetString();
        Assert.Empty((await _program.GetAsync($"/api/rooms/{anew}/events", seat)).Texts);
    }

    [Fact]
    public async Task WithoutScriptsAPageDeletesTheAccountAndSaysSo()
    {
        using var visitor = new Visitor(_server);
        Assert.Equal(302, (int)(await visitor.GetAsync("/account/delete")).StatusCode);
        await visitor.SubmitAsync(
            "/account/sign-in", "/account/sign-in", ("Name", "ana"), ("Password", ApiClient.Password));

        var refused = await visitor.SubmitAsync("/account/delete", "/account/delete", ("Password", "not the one"));
        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Contains("Wrong name or password", await Visitor.ReadAsync(refused), StringComparison.Ordinal);
        var deleted = await visitor.SubmitAsync("/account/delete", "/account/delete", ("Password", ApiClient.Password));

        Assert.Contains("Your account is deleted", await Visitor.ReadAsync(deleted), StringComparison.Ordinal);
        Assert.DoesNotContain("Sign out", await visitor.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Equal("account-not-found", (await _program.PostAsync("/api/direct", new { with = "ana" }, _bo)).Code);
    }

    public async ValueTask DisposeAsync()
    {
        _program.Dispose();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private static object Credentials(string password) => new { name = "ana", password };

    private async Task<IEnumerable<object>> DirectChatsAsync(string token) =>
        [.. (await _program.GetAsync("/api/direct", token)).Body.GetProperty("chats").EnumerateArray().Cast<object>()];
}
