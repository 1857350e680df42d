using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class TextTests : IDisposable
{
    private readonly TestLobby _lobby = new();
    private readonly Member _ana;
    private readonly TestReader _reader;

    public TextTests() => (_ana, _reader) = _lobby.Join(_lobby.NewRoom(), "ana");

    [Theory]
    [InlineData("a")]
    [InlineData("  <b>not bold</b> &amp;  ")]
    [InlineData("one\r\ntwo\n\tthree\r")]
    [InlineData("e\u0301 \uFF21 \u200Fשלום\u200F 👩\u200D👩\u200D👧")]
    [InlineData("\u2028\uFFFE")]
    public async Task TextIsKeptExactlyAsSent(string text)
    {
        _ana.Post(text);

        await _reader.WaitForTextAsync(text);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.MessageLength))]
    public void TextIsAtMostFiveHundredCharacters()
    {
        Assert.Null(Refused(new string('x', 500)));
        Assert.Equal(Reason.TextTooLong, Refused(new string('x', 501)));
        Assert.Equal(Reason.TextTooLong, Refused(new string('x', 1_000_000)));
    }

    [Fact]
    public void AnEmojiCountsAsOneCharacter()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", 500));

        Assert.Null(Refused(emoji));
        Assert.Equal(Reason.TextTooLong, Refused(emoji + "x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\r\n\t")]
    [InlineData("\u00A0\u3000")]
    [InlineData("\u200B\u200C\u200D\u2060\uFEFF")]
    [InlineData("\u200E \u202E")]
    [InlineData("\u3164\u2800")]
    public void TextThatShowsNothingIsEmpty(string text) => Assert.Equal(Reason.TextEmpty, Refused(text));

    [Theory]
    [InlineData("a\u0000")]
    [InlineData("\u0007")]
    [InlineData("\u001B[2J")]
    [InlineData("a\u007F")]
    [InlineData("a\u009Bb")]
    public void OtherControlCharactersAreRefused(string text) => Assert.Equal(Reason.TextInvalid, Refused(text));

    [Fact]
    public void ALoneSurrogateIsRefused()
    {
        Assert.Equal(Reason.TextInvalid, Refused("a\uD83D"));
        Assert.Equal(Reason.TextInvalid, Refused("\uDE00\uD83D"));
    }

    [Fact]
    public void MissingTextIsABadRequest() => Assert.Equal(Reason.BadRequest, Refused(null));

    [Fact]
    public void RefusedTextIsNotInTheTranscript()
    {
        Refused("");
        Refused("\u0007");

        Assert.Equal(2, _ana.Post("first"));
    }

    [Theory]
    [InlineData("\uFE0F")]
    [InlineData("\u034F")]
    [InlineData("\u17B4")]
    [InlineData("\u180B")]
    [InlineData("\U000E0100")]
    public void TextOfVariationSelectorsAndTheLikeIsEmpty(string text)
    {
        var (ana, _) = _lobby.Join(_lobby.NewRoom(), "ana");
        Assert.Equal(Reason.TextEmpty, ana.Room.Post(ana, text, null).Reason());
    }

    public void Dispose() => _lobby.Dispose();

    private Reason? Refused(string? text) =>
        _ana.Room.Post(_ana, text, null).TryGet(out _, out var refusal) ? null : refusal.Reason;
}
