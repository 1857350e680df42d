using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class MessageIdTests : IDisposable
{
    private readonly TestLobby _lobby = new(new Limits { History = 2, ReplaySeconds = 10 });
    private readonly Room _room;
    private readonly Member _ana;
    private readonly TestReader _reader;

    public MessageIdTests() => (_ana, _reader) = _lobby.Join(_room = _lobby.NewRoom(), "ana");

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("\u00E9")]
    [InlineData("a\n")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public void AnInvalidIdIsABadRequest(string id) =>
        Assert.Equal(Reason.BadRequest, _room.Post(_ana, "hi", id).Reason());

    [Theory]
    [InlineData("x")]
    [InlineData("AZaz09_-")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task AnIdIsDeliveredWithItsMessage(string id)
    {
        await _reader.WaitForSeqAsync(_ana.Post("hi", id));

        Assert.Equal(id, _reader.Events[^1].Id);
    }

    [Fact]
    public async Task AResendKeepsTheFirstText()
    {
        var seq = _ana.Post("first", "m1");

        Assert.Equal(seq, _ana.Post("second", "m1"));
        _ana.Post("last");
        await _reader.WaitForTextAsync("last");
        Assert.Equal(["first", "last"], _reader.Texts);
    }

    [Fact]
    public void AResendWithInvalidTextIsTheFirstMessage()
    {
        var seq = _ana.Post("first", "m1");

        Assert.Equal(seq, _room.Post(_ana, new string('x', 501), "m1").OrFail());
    }

    [Fact]
    public void AResendAfterAReturnIsTheSameMessage()
    {
        var seq = _ana.Post("first", "m1");
        _room.Drop(_ana, _reader);
        var back = _lobby.Return(_ana, new TestReader()).Member;

        Assert.Equal(seq, back.Post("first", "m1"));
    }

    [Theory]
    [InlineData("ana")]
    [InlineData("ANA")]
    public void AResendFromANewSeatOfTheNameIsTheSameMessage(string name)
    {
        var seq = _ana.Post("first", "m1");
        _room.Leave(_ana).OrFail();
        var (again, _) = _lobby.Join(_room, name);

        Assert.Equal(seq, again.Post("first", "m1"));
    }

    [Fact]
    public void TwoPeopleMayUseTheSameId()
    {
        var (bo, _) = _lobby.Join(_room, "bo");

        Assert.NotEqual(_ana.Post("hers", "m1"), bo.Post("his", "m1"));
    }

    [Fact]
    public async Task AnIdIsKnownWhileItsMessageIsShown()
    {
        var seq = _ana.Post("first", "m1");
        await _ana.WaitForReadAsync(seq);
        _lobby.Clock.AdvanceSeconds(60);
        _ana.Post("second");

        Assert.Equal(seq, _ana.Post("first", "m1"));
    }

    [Fact]
    public async Task AnIdIsFreeOnceItsMessageIsNoLongerKept()
    {
        var seq = _ana.Post("first", "m1");
        _ana.Post("second");
        await _ana.WaitForReadAsync(_ana.Post("third"));
        Assert.Equal(seq, _ana.Post("first", "m1"));

        _lobby.Clock.AdvanceSeconds(11);

        Assert.True(_ana.Post("anew", "m1") > seq);
    }

    public void Dispose() => _lobby.Dispose();
}
