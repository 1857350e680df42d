using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class NameTests : IDisposable
{
    private readonly TestLobby _lobby = new();

    [Theory]
    [InlineData("Ana", "ana")]
    [InlineData("Ana", "\uFF21\uFF4E\uFF41")]
    [InlineData("Jos\u00E9", "JOSE\u0301")]
    [InlineData("Ана", "АНА")]
    [InlineData("σοφός", "ΣΟΦΌΣ")]
    [InlineData("ana maria", " Ana  Maria ")]
    public void NamesThatLookTheSameAreOneName(string first, string second)
    {
        var room = _lobby.NewRoom();
        _lobby.Join(room, first);

        Assert.Equal(Reason.NameTaken, _lobby.Try(room, second).Reason());
    }

    [Theory]
    [InlineData("Ana")]
    [InlineData("a")]
    [InlineData("x_X 99 :-)")]
    [InlineData("O'Brien")]
    [InlineData("محمد")]
    [InlineData("王小明")]
    [InlineData("राहुल")]
    [InlineData("Наташа")]
    [InlineData("Αλέξανδρος")]
    [InlineData("ゆき ちゃん")]
    [InlineData("สมชาย")]
    [InlineData("Ana Наташа")]
    [InlineData("aaaaaaaaaabbbbbbbbbb")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    public void NamesInAnyScriptAreAccepted(string typed) => Assert.Equal(typed, Parse(typed)?.Shown);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\u3000 ")]
    [InlineData("aaaaaaaaaabbbbbbbbbbc")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    [CoversSetting<Limits>(nameof(Limits.NameLength))]
    public void BlankAndTooLongNamesAreRefused(string? typed) => Assert.Null(Parse(typed));

    [Theory]
    [InlineData("an\u200Ba")]
    [InlineData("\u200B")]
    [InlineData("ana\u00AD")]
    [InlineData("ana\uFEFF")]
    [InlineData("ana\u3164")]
    [InlineData("ana\u2800")]
    [InlineData("ana\uFE0F")]
    [InlineData("ana\u034F")]
    [InlineData("ana\U000E0041")]
    [InlineData("\u202Eana")]
    [InlineData("ana\u2066bo")]
    [InlineData("ana\u0007")]
    [InlineData("ana\u0000")]
    [InlineData("ana\u001B[2J")]
    [InlineData("ana\uE000")]
    public void AnInvisibleCharacterInANameIsRefused(string typed) => Assert.Null(Parse(typed));

    [Theory]
    [InlineData("\u0430na")]
    [InlineData("Bo \u0430na")]
    [InlineData("an\u03B1")]
    [InlineData("\uFF21\u043Da")]
    public void LatinMixedWithItsLookalikesInAWordIsRefused(string typed) => Assert.Null(Parse(typed));

    [Theory]
    [InlineData("\u0301ana")]
    [InlineData(" \u0301ana")]
    [InlineData("\u20DD")]
    public void ALeadingCombiningMarkIsRefused(string typed) => Assert.Null(Parse(typed));

    [Fact]
    public void ALoneSurrogateIsRefused()
    {
        Assert.Null(Parse("ana\uD83D"));
        Assert.Null(Parse("\uDE00ana"));
    }

    [Fact]
    public void SpacesAreTrimmedAndJoined() =>
        Assert.Equal("Ana de la Cruz", Parse("  Ana \t de\u3000la  Cruz\n")?.Shown);

    [Fact]
    public void AnInvalidNameIsRefusedOnJoin() =>
        Assert.Equal(Reason.NameInvalid, _lobby.Try(_lobby.NewRoom(), "an\u200Ba").Reason());

    [Theory]
    [InlineData("\uFFFE")]
    [InlineData("ana\uFFFE")]
    [InlineData("ana\uFFFF")]
    [InlineData("ana\U0001FFFE")]
    public void ANoncharacterIsRefused(string typed) =>
        Assert.Equal(Reason.NameInvalid, _lobby.Try(_lobby.NewRoom(), typed).Reason());

    [Theory]
    [InlineData("Gro\u00DF", "GRO\u1E9E")]
    [InlineData("\u01F0", "J\u030C")]
    [InlineData("\u0390", "\u0399\u0308\u0301")]
    [InlineData("\u1E96", "H\u0331")]
    public void LettersWithoutAComposedCapitalAreComparedWithoutCase(string name, string inAnotherCase)
    {
        var room = _lobby.NewRoom();
        _lobby.Join(room, name);

        Assert.Equal(Reason.NameTaken, _lobby.Try(room, inAnotherCase).Reason());
    }

    public void Dispose() => _lobby.Dispose();

    private static Name? Parse(string? typed) =>
        Name.TryParse(typed, new Limits().NameLength, out var name) ? name : null;
}
