using System.Net;
using RoomChat.Hubs;
using RoomChat.Languages;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Pages;

/// <summary>People are spoken to in their language, programs in English.</summary>
public sealed class LanguageTests : IAsyncDisposable
{
    private const string Room = "K7M2QX", NoRoom = "Einen Raum mit diesem Code gibt es nicht.";
    private readonly ChatServer _server = new();

    [Theory]
    [InlineData("de-AT,en;q=0.5", "de", "ltr")]
    [InlineData("en;q=0.5,fr-CA", "fr", "ltr")]
    [InlineData("nl,es;q=0.1", "es", "ltr")]
    [InlineData("pt-BR", "pt", "ltr")]
    [InlineData("zh-Hans-CN", "zh", "ltr")]
    [InlineData("ja", "ja", "ltr")]
    [InlineData("ar-EG", "ar", "rtl")]
    [InlineData("nl", "en", "ltr")]
    [InlineData("*", "en", "ltr")]
    [InlineData(null, "en", "ltr")]
    public async Task ThePageIsInTheLanguageThatTheBrowserAsksFor(string? asked, string language, string direction)
    {
        using var visitor = new Visitor(_server, asked);
        using var answer = await visitor.GetAsync("/");

        var page = await Visitor.ReadAsync(answer);
        Assert.Contains($"""<html lang="{language}" dir="{direction}" """, page, StringComparison.Ordinal);
        Assert.Equal([language], answer.Content.Headers.ContentLanguage);
    }

    [Theory]
    [InlineData("/account/sign-in", 200, "Anmelden · RoomChat")]
    [InlineData("/offline", 200, "Kein Netz")]
    [InlineData("/nowhere", 404, "Seite nicht gefunden")]
    [InlineData("/r/000000", 404, "Diesen Raum gibt es nicht")]
    [InlineData($"/r/{Room}", 200, "\"page.you\":\"Du\"")]
    [InlineData("/manifest.webmanifest", 200, "\"lang\":\"de\"")]
    public async Task EveryPageSpeaksIt(string path, int status, string words)
    {
        _server.Lobby.Reopen(Room);
        using var visitor = new Visitor(_server, "de");
        using var answer = await visitor.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(words, await Visitor.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChoiceIsRememberedAndWins()
    {
        using var visitor = new Visitor(_server, "de");
        using var answer = await visitor.ChooseLanguageAsync("ja", from: "/r/K7M2QX?again=");

        Assert.Equal("/r/K7M2QX?again=", $"{answer.Headers.Location}");
        Assert.Contains("""<html lang="ja" """, await visitor.ReadAsync("/"), StringComparison.Ordinal);
        using var unknown = await visitor.ChooseLanguageAsync("xx", from: "/");
        Assert.Contains("""<html lang="ja" """, await visitor.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//example.org/")]
    [InlineData(null)]
    public async Task AChoiceLeadsToNoOtherServer(string? from)
    {
        using var visitor = new Visitor(_server);
        using var answer = await visitor.ChooseLanguageAsync("de", from);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/", $"{answer.Headers.Location}");
    }

    [Fact]
    public async Task WhatAFormIsRefusedForIsSaidInIt()
    {
        using var visitor = new Visitor(_server, "de");
        using var answer = await visitor.SubmitAsync("Join", ("Code", "000000"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(NoRoom, await Visitor.ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryRefusalHasItsWordsAndTheEnglishOnesAreTheServers()
    {
        foreach (Refusal refusal in Enum.GetValues<Reason>())
            Assert.Equal(refusal.Message, Language.English.Find($"refusal.{refusal.Code}"));
        foreach (var notice in Enum.GetValues<CloseReason>().Select(reason => ClosedNotices.For(reason, false)))
            if (notice is not null) Assert.Equal(notice.Message, Language.English.Find($"closed.{notice.Reason}"));
    }

    [Fact]
    public async Task ProgramsGetEnglishWhateverTheyAskFor()
    {
        using var program = await ApiClient.OfAsync(_server);
        program.AskFor("de");

        var answer = await program.GetAsync("/api/rooms/000000");

        Assert.Equal(new Refusal(Reason.RoomNotFound).Message, answer.Body.GetProperty("detail").GetString());
        Assert.Equal("Not Found", answer.Body.GetProperty("title").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }
}
