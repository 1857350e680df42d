using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

/// <summary>A sealed room that several servers share.</summary>
public sealed class SharedSealedTests : TwoServersTest
{
    private static readonly string[] Checks = [new('a', 22), new('b', 22)];

    [Fact]
    public async Task OfTwoKeysThatAreShownAtOnceTheOneIsTheRoomsOnEveryServer()
    {
        var here = Here.Lobby.CreateAsync(isSealed: true).Wait().OrFail();
        var there = FindThere(here);
        Assert.True(there.IsSealed);

        var outcomes = await AtOnceAsync(() => Join(here, "ana", Checks[0]), () => Join(there, "bo", Checks[1]));

        var isAnas = outcomes[0].IsSuccess;
        Assert.Equal(Reason.KeyWrong, outcomes[isAnas ? 1 : 0].Reason());
        using var next = NewServer();
        foreach (var room in new[] { here, there, next.Lobby.Find(here.Code)! })
        {
            Assert.True(room.Info.Sealed);
            Assert.Equal(Reason.KeyNeeded, Join(room, "eve", check: null).Reason());
            Assert.Equal(Reason.KeyWrong, Join(room, "eve", Checks[isAnas ? 1 : 0]).Reason());
        }
        Join(next.Lobby.Find(here.Code)!, "cy", Checks[isAnas ? 0 : 1]).OrFail();
    }

    [Fact]
    public void ARoomThatAnEarlierVersionHasMadeIsNotSealed()
    {
        var room = Here.NewRoom();
        Redis.Execute("HDEL", $"{{{room.Code}}}:room", "sealed");

        Assert.False(FindThere(room).IsSealed);
    }

    private static Outcome<Joined> Join(Room room, string typed, string? check)
    {
        Assert.True(Name.TryParse(typed, 20, out var name));
        return room.JoinAsync(new JoinRequest(name, KeyCheck: check), reader: null).Wait();
    }
}
