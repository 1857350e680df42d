using RoomChat.Rooms;

namespace RoomChat.Tests.Rooms;

public sealed class CodeTests
{
    [Theory]
    [InlineData("K7M2QX")]
    [InlineData("k7m2qx")]
    [InlineData("K7M-2QX")]
    [InlineData("k7m 2qx")]
    [InlineData("  K7-M2 QX\t")]
    [InlineData("K7M\u20142QX")]
    public void CaseSpacesAndDashesDoNotMatter(string typed)
    {
        Assert.True(Code.TryParse(typed, out var code));
        Assert.Equal("K7M2QX", code.ToString());
    }

    [Fact]
    public void OIsReadAsZeroAndIAndLAsOne()
    {
        Assert.True(Code.TryParse("OoIiLl", out var code));
        Assert.Equal("001111", code.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("------")]
    [InlineData("K7M2Q")]
    [InlineData("K7M2QXA")]
    [InlineData("K7M2QU")]
    [InlineData("K7M2Q_")]
    [InlineData("K7M2Q\u0445")]
    [InlineData("<script>")]
    [InlineData("\uFF2B7M2QX")]
    public void AnInvalidCodeIsRefused(string? typed) => Assert.False(Code.TryParse(typed, out _));

    [Fact]
    public void CodesOfDirectChatsAreCodesOfNothingElse()
    {
        Assert.DoesNotContain(Enumerable.Range(0, 10_000), _ => Code.New().IsDirect);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(Code.NewDirect().IsDirect));
        Assert.Matches("^D[0-9A-HJKMNP-TV-Z]{5}$", Code.NewDirect().ToString());
    }

    [Fact]
    public void NewCodesAreWellFormedAndDoNotRepeat()
    {
        var codes = Enumerable.Range(0, 10_000).Select(_ => Code.New()).ToList();

        Assert.All(codes, code => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{6}$", code.ToString()));
        Assert.All(codes, code => Assert.True(Code.TryParse(code.ToString(), out var read) && read == code));
        Assert.InRange(codes.Distinct().Count(), 9_990, 10_000);
    }
}
