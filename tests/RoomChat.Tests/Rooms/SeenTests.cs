using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class SeenTests : IDisposable
{
    private readonly TestLobby _lobby = new(new Limits { MessagesPerSecond = 0, SlowMemberSeconds = 3_600 });
    private readonly Room _room;
    private readonly Member _ana, _bo;
    private readonly TestReader _anas;
    private TestReader _bos;

    public SeenTests()
    {
        _room = _lobby.NewRoom();
        (_ana, _anas) = _lobby.Join(_room, "ana");
        (_bo, _bos) = _lobby.Join(_room, "bo");
    }

    [Fact]
    public async Task PlacesAreMergedAndToldToThoseWhoTellTheirs()
    {
        var (_, cys) = _lobby.Join(_room, "cy");
        foreach (var seq in new[] { 1, 2, 3 }) See(_ana, seq);
        See(_bo, 2);
        await WaitAsync("ana:3 bo:2", _anas, _bos);

        Assert.Single(_anas.Written.OfType<SeenNotice>());
        Assert.Empty(cys.Written.OfType<SeenNotice>());
    }

    [Fact]
    public async Task WhoHasLostTheConnectionIsAwayUntilTheReturn()
    {
        See(_ana, 1);
        See(_bo, 2);
        await WaitAsync("ana:1 bo:2", _anas, _bos);

        _room.Drop(_bo, _bos);
        await WaitAsync("ana:1 bo:2 (away)", _anas);

        _lobby.Return(_bo, _bos = new TestReader());
        await WaitAsync("ana:1 bo:2", _anas, _bos);
    }

    [Fact]
    public async Task ANewcomerWhoTellsIsToldHowFarTheOthersAreNow()
    {
        See(_ana, 2);
        await WaitAsync("ana:2", _anas);
        var (cy, cys) = _lobby.Join(_room, "cy");
        See(cy, 3);

        await WaitAsync("ana:2 cy:3", _anas, cys);
    }

    [Fact]
    public async Task WhoeverTellsNoMoreSeesNobodys()
    {
        See(_ana, 2);
        See(_bo, 2);
        await WaitAsync("ana:2 bo:2", _anas, _bos);
        See(_bo, null);
        await WaitAsync("ana:2", _anas);
        See(_ana, _ana.Post("hi"));
        await WaitAsync("ana:3", _anas);

        Assert.Equal("ana:2 bo:2", _bos.Seen);
    }

    [Fact]
    public async Task APlaceDoesNotGoBackAndIsKeptOverADrop()
    {
        See(_ana, 2);
        See(_ana, 1);
        See(_bo, 1);
        await WaitAsync("ana:2 bo:1", _anas, _bos);
        _room.Drop(_bo, _bos);
        var back = new TestReader();
        _lobby.Return(_bo, back, after: 2);

        await WaitAsync("ana:2 bo:1", back);
    }

    [Fact]
    public async Task NothingOfItIsToldAboveTwentyMembers()
    {
        for (var n = 3; n <= 21; n++) _lobby.Join(_room, $"guest {n}");
        See(_ana, 2);
        _lobby.Clock.AdvanceSeconds(1);
        await _anas.WaitForSeqAsync(_ana.Post("hi"));
        Assert.Empty(_anas.Written.OfType<SeenNotice>());

        _room.Leave(_bo).OrFail();
        await WaitAsync("ana:2", _anas);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    public void OnlyWhatWasSaidCanBeSeen(long seq) =>
        Assert.Equal(Reason.BadRequest, _room.Seen(_ana, seq).Reason());

    [Fact]
    public async Task AReaderWithAWriteUnderWayIsToldTheLastPlacesLater()
    {
        See(_ana, 1);
        See(_bo, 1);
        await WaitAsync("ana:1 bo:1", _anas, _bos);
        _bos.Stall();
        See(_ana, 2);
        _lobby.Clock.AdvanceSeconds(1);
        await Wait.UntilAsync(() => _bo.Place!.WritingSince is not null, "a write under way");
        See(_bo, 2);
        _lobby.Clock.AdvanceSeconds(1);
        _bos.Resume();

        await WaitAsync("ana:2 bo:2", _anas, _bos);
    }

    public void Dispose() => _lobby.Dispose();

    private void See(Member member, long? seq) => _room.Seen(member, seq).OrFail();

    private async Task WaitAsync(string seen, params TestReader[] readers)
    {
        _lobby.Clock.AdvanceSeconds(1);
        foreach (var reader in readers) await reader.WaitForSeenAsync(seen);
    }
}
