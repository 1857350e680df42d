using System.Runtime.CompilerServices;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class LobbyTests : IDisposable
{
    private readonly TestLobby _lobby = new(new Limits { Rooms = 3, MembersPerRoom = 2, EmptyRoomSeconds = 5 });

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.Rooms))]
    public void BeyondTheLastRoomTheServerIsFull()
    {
        for (var i = 0; i < 3; i++) _lobby.NewRoom();

        Assert.Equal(Reason.ServerFull, _lobby.Lobby.Create().Reason());
        Assert.Equal(Reason.ServerFull, _lobby.Lobby.Reopen("000000").Reason());
        Assert.Equal(3, _lobby.Lobby.Rooms);
    }

    [Fact]
    public void ARoomThatClosesMakesSpaceForAnother()
    {
        for (var i = 0; i < 3; i++) _lobby.NewRoom();
        _lobby.Clock.AdvanceSeconds(5.25);

        Assert.Equal(0, _lobby.Lobby.Rooms);
        _lobby.NewRoom();
    }

    [Fact]
    public void ZeroRoomsIsNoLimit()
    {
        using var lobby = new TestLobby(new Limits { Rooms = 0 });

        for (var i = 0; i < 100; i++) lobby.NewRoom();

        Assert.Equal(100, lobby.Lobby.Rooms);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.MembersPerRoom))]
    public void BeyondItsLastMemberARoomIsFull()
    {
        var room = _lobby.NewRoom();
        _lobby.Join(room, "ana");
        _lobby.Join(room, "bo");

        Assert.Equal(Reason.RoomFull, _lobby.Try(room, "cy").Reason());
    }

    [Fact]
    public void AFullRoomAdmitsAMemberWhoReturns()
    {
        var room = _lobby.NewRoom();
        var (ana, reader) = _lobby.Join(room, "ana");
        _lobby.Join(room, "bo");
        room.Drop(ana, reader);

        Assert.Equal(Reason.RoomFull, _lobby.Try(room, "cy").Reason());
        Assert.Same(ana, _lobby.Return(ana, new TestReader()).Member);
    }

    [Fact]
    public void ZeroMembersPerRoomIsNoLimit()
    {
        using var lobby = new TestLobby(new Limits { MembersPerRoom = 0 });
        var room = lobby.NewRoom();

        for (var i = 0; i < 100; i++) lobby.Join(room, $"guest {i}");

        Assert.Equal(100, room.Members);
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.EmptyRoomSeconds))]
    public void AnEmptyRoomIsKeptForAWhile()
    {
        var room = _lobby.NewRoom();
        _lobby.Clock.AdvanceSeconds(4);
        room.Leave(_lobby.Join(room, "ana").Member).OrFail();
        _lobby.Clock.AdvanceSeconds(4.5);
        Assert.Equal(1, _lobby.Lobby.Rooms);

        _lobby.Clock.AdvanceSeconds(0.75);

        Assert.Equal(0, _lobby.Lobby.Rooms);
        Assert.Equal(Reason.RoomNotFound, _lobby.Try(room, "ana").Reason());
    }

    [Fact]
    public void ARoomWithASeatIsKept()
    {
        var room = _lobby.NewRoom();
        var (ana, reader) = _lobby.Join(room, "ana");
        room.Drop(ana, reader);

        _lobby.Clock.AdvanceSeconds(29);

        Assert.Same(room, _lobby.Lobby.Find(room.Code.ToString()).OrFail());
    }

    [Fact]
    public void AnUnknownCodeFindsNoRoom()
    {
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Find("000000").Reason());
        Assert.Equal(Reason.RoomNotFound, _lobby.Lobby.Join(new JoinAttempt("000000", "ana")).Reason());
    }

    [Fact]
    public void ReopeningAClosedRoomBeginsANewEpoch()
    {
        var room = _lobby.NewRoom();
        room.Leave(_lobby.Join(room, "ana").Member).OrFail();
        _lobby.Clock.AdvanceSeconds(5.25);

        var again = _lobby.Lobby.Reopen(room.Code.ToString()).OrFail();

        Assert.Equal(room.Code, again.Code);
        Assert.NotEqual(room.Epoch, again.Epoch);
        Assert.Equal(1, _lobby.Try(again, "ana").OrFail().Seq);
    }

    [Fact]
    public void ReopeningAnOpenRoomDoesNothing()
    {
        var room = _lobby.NewRoom();

        Assert.Same(room, _lobby.Lobby.Reopen(room.Code.ToString()).OrFail());
        Assert.Equal(1, _lobby.Lobby.Rooms);
    }

    [Fact]
    public void AfterStopJoiningAndCreatingAreRefused()
    {
        var room = _lobby.NewRoom();
        var (ana, _) = _lobby.Join(room, "ana");
        _lobby.Lobby.Stop();

        Assert.Equal(Reason.Stopping, _lobby.Lobby.Create().Reason());
        Assert.Equal(Reason.Stopping, _lobby.Lobby.Reopen("000000").Reason());
        Assert.Equal(Reason.Stopping, _lobby.Try(room, "bo").Reason());
        Assert.Equal(2, ana.Post("last words"));
    }

    [Fact]
    public async Task ClosedRoomsLeaveNothingBehind()
    {
        using var lobby = new TestLobby(new Limits { EmptyRoomSeconds = 5 });
        var rooms = MakeUseAndLeave(lobby, 5_000);
        Assert.Equal(5_000, lobby.Lobby.Rooms);

        lobby.Clock.AdvanceSeconds(5.25);

        Assert.Equal((0, 0, 0L), (lobby.Lobby.Rooms, lobby.Lobby.Members, lobby.Lobby.Bytes));
        await Wait.UntilAsync(
            () =>
            {
                GC.Collect();
                return !rooms.Any(room => room.IsAlive);
            },
            "the rooms to be collected");
    }

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.TotalBytes))]
    public async Task BeyondTotalBytesTheLongestIdleRoomsGiveUpTheirOldest()
    {
        using var lobby = new TestLobby(new Limits { TotalBytes = 100_000, MessagesPerSecond = 0, SeatSeconds = 60 });
        var (idle, idlers) = lobby.Join(lobby.NewRoom(), "ana");
        idle.Room.Drop(idle, idlers);
        var (witness, _) = lobby.Join(idle.Room, "bo");
        await FillAsync(witness, 50);
        lobby.Clock.AdvanceSeconds(1);
        var (busy, _) = lobby.Join(lobby.NewRoom(), "cy");
        await FillAsync(busy, 50);
        Assert.True(lobby.Lobby.Bytes > 100_000);

        lobby.Clock.AdvanceSeconds(0.25);

        Assert.InRange(lobby.Lobby.Bytes, 90_000, 100_000);
        Assert.Equal(50, await ShownAsync(lobby, busy.Room));
        Assert.InRange(await ShownAsync(lobby, idle.Room), 25, 45);
        Assert.True(lobby.Return(idle, new TestReader(), after: 1).HasGap);
    }

    public void Dispose() => _lobby.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> MakeUseAndLeave(TestLobby lobby, int count)
    {
        List<WeakReference> rooms = [];
        for (var i = 0; i < count; i++)
        {
            var room = lobby.NewRoom();
            var (ana, _) = lobby.Join(room, "ana");
            ana.Post("hi", "m1");
            room.Leave(ana).OrFail();
            rooms.Add(new WeakReference(room));
        }
        return rooms;
    }

    private static async Task FillAsync(Member member, int messages)
    {
        for (var i = 0; i < messages; i++) await member.WaitForReadAsync(member.Post(new string('x', 500)));
    }

    private static async Task<int> ShownAsync(TestLobby lobby, Room room)
    {
        var reader = new TestReader();
        await reader.WaitForSeqAsync(lobby.Try(room, "guest", reader).OrFail().Seq);
        return reader.Texts.Count;
    }
}
