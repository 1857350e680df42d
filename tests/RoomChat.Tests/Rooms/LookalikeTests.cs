using System.Text;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

/// <summary>Unicode's security mechanisms (UTS 39), as far as names need them.</summary>
public sealed class LookalikeTests : IDisposable
{
    private readonly TestLobby _lobby = new();

    [Theory]
    [InlineData("paul", "pauI")]
    [InlineData("paul", "pau1")]
    [InlineData("paul", "PAU1")]
    [InlineData("Paul", "pAuI")]
    [InlineData("pau1", "paul")]
    [InlineData("Bill", "BiII")]
    [InlineData("Bill", "B1LL")]
    [InlineData("Tim", "TlM")]
    [InlineData("bo", "b0")]
    [InlineData("Tom", "Torn")]
    [InlineData("bo", "ꓐꓳ")]
    [InlineData("ana", "ꓮꓠꓮ")]
    [InlineData("cop", "сор")]
    [InlineData("hope", "HOPE\u0301", false)]
    [InlineData("Ella", "Elia", false)]
    [InlineData("Lia", "Ila", false)]
    [InlineData("Kai", "Kal", false)]
    [InlineData("Ana", "Äna", false)]
    [InlineData("Ana", "Anna", false)]
    [InlineData("bo 1", "bo 2", false)]
    public void ANameThatLooksLikeOneHereIsTaken(string taken, string typed, bool isAlike = true)
    {
        var room = _lobby.NewRoom();
        _lobby.Join(room, taken);
        var (eve, _) = _lobby.Join(room, "eve");

        Assert.Equal(isAlike, !eve.Rename(typed).IsSuccess);
        if (isAlike) Assert.Equal(Reason.NameTaken, _lobby.Try(room, typed).Reason());
    }

    [Fact]
    public void AMemberMayChangeToALookalikeOfItsOwnName()
    {
        var (paul, _) = _lobby.Join(_lobby.NewRoom(), "paul");

        Assert.Equal("Pau1", paul.Rename("Pau1").OrFail().Shown);
        Assert.Equal(Reason.NameTaken, _lobby.Try(paul.Room, "PAUL").Reason());
        paul.Rename("anna").OrFail();
        _lobby.Join(paul.Room, "pauI");
    }

    [Theory]
    [InlineData("b\u0585")]
    [InlineData("\u13AAna")]
    [InlineData("\uA4EEna")]
    [InlineData("\u0430na")]
    [InlineData("an\u03B1")]
    [InlineData("a\u0966")]
    [InlineData("Ana-\u10D0na")]
    [InlineData("ロシア\u0410")]
    public void AWordIsWrittenInOneScript(string typed) => Assert.Null(Parse(typed));

    [Theory]
    [InlineData("Ana", "ana", "ANA")]
    [InlineData("I1|0m`", "lllOrn'", "lllOM'")]
    public void PlainNamesHaveTheSkeletonsOfTheTable(string typed, params string[] skeletons)
    {
        Assert.Equal(skeletons[0], Lookalikes.SkeletonOf(typed).Replace("Ana", "ana", StringComparison.Ordinal));
        Assert.Equal(skeletons[1], Lookalikes.SkeletonOf(typed.ToUpperInvariant()));
    }

    [Fact]
    public void WhatIsKnownOfAsciiIsWhatTheTableSays()
    {
        foreach (var letter in Enumerable.Range(0x21, 0x5E).Select(value => new Rune(value)))
            Assert.Equal(Lookalikes.Table.Others.Find(letter.Value), Lookalikes.Find(letter));
    }

    [Theory]
    [InlineData('а', "a")]
    [InlineData('օ', "o")]
    [InlineData('Ꭺ', "A")]
    [InlineData('ꓐ', "B")]
    [InlineData('ı', "i")]
    [InlineData('ニ', "二")]
    [InlineData('王', null)]
    [InlineData('ロ', "口")]
    [InlineData('é', null)]
    public void TheTableKnowsLookalikes(char letter, string? skeleton) =>
        Assert.Equal(skeleton, Lookalikes.Find(new Rune(letter)));

    [Fact]
    public void ASkeletonIsThatOfItself()
    {
        for (var value = 0x80; value < 0x30000; value++)
        {
            if (!Rune.IsValid(value) || Lookalikes.Find(new Rune(value)) is not { } skeleton) continue;
            Assert.Equal(skeleton.Normalize(NormalizationForm.FormD), Lookalikes.SkeletonOf(skeleton));
        }
    }

    public void Dispose() => _lobby.Dispose();

    private static Name? Parse(string? typed) =>
        Name.TryParse(typed, new Limits().NameLength, out var name) ? name : null;
}
