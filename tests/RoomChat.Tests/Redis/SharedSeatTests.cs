using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

/// <summary>Who is in a room that two servers share, and where.</summary>
public sealed class SharedSeatTests : TwoServersTest
{
    private const int Rounds = 50;

    [Fact]
    public Task OfTwoServersThatAreAskedForANameOneGivesIt() =>
        AssertOneJoinsAsync(Here, There, "ana", "Ana", Reason.NameTaken);

    [Fact]
    public async Task OfTwoServersThatAreAskedForTheLastPlaceOneGivesIt()
    {
        var limits = new Limits { MembersPerRoom = 2 };
        using var here = NewServer(limits);
        using var there = NewServer(limits);

        await AssertOneJoinsAsync(here, there, "ana", "bo", Reason.RoomFull);
    }

    [Fact]
    public async Task AReturnThereReplacesTheConnectionHereAndIsNotAnnounced()
    {
        var (ana, anas, _, bos) = await TalkAsync();
        var code = $"{ana.Room.Code}";

        var back = new TestReader();
        var attempt = new JoinAttempt(code, null, ana.Seat, ana.Room.Epoch, After: 2);
        var returned = There.Lobby.Join(attempt, back).OrFail();
        returned.Member.Post("from there");

        await anas.WaitForCloseAsync(CloseReason.Replaced);
        await bos.WaitForTextAsync("from there");
        Assert.Equal([3], back.Seqs);
        Assert.Equal([2, 3], bos.Seqs.Where(seq => seq > 1));
        Assert.Equal(ana.Seat, returned.Member.Seat);
    }

    [Fact]
    public async Task AProgramThatReturnsThereLeavesTheConnectionHere()
    {
        var (ana, anas, _, _) = await TalkAsync();

        var program = There.Lobby.Join(new JoinAttempt($"{ana.Room.Code}", null, ana.Seat), reader: null).OrFail();
        program.Member.Post("from there");
        await anas.WaitForTextAsync("from there");
        There.Clock.AdvanceSeconds(2 * new Limits().SeatSeconds);

        Assert.Empty(anas.CloseReasons);
        Assert.Equal(["ana", "bo"], program.Users.Select(user => user.Name));
        Assert.Equal([1, 2, 3], anas.Seqs);
    }

    [Fact]
    public async Task AnAccountThatComesFromAnotherDeviceThereGetsASeatThatIsGoodEverywhere()
    {
        var ana = Account("ana", "first");
        var room = Here.NewRoom();
        var code = $"{room.Code}";
        var first = Here.Lobby.Join(new JoinAttempt(code, "ana", Account: ana), new TestReader()).OrFail().Member;

        var second = There.Lobby.Join(
            new JoinAttempt(code, "ana", Account: Account("ana", "second")), new TestReader()).OrFail().Member;

        Assert.Equal(32, second.Seat.Length);
        await Wait.UntilAsync(() => first.Row.Account?.Session == "second", "the session to be known here");
        Assert.Same(first, room.Recognize(second.Seat).OrFail());
        Assert.Equal(second.Seat, first.Seat);
        Assert.Equal(2, second.Post("one member still"));
    }

    [Fact]
    public async Task ASessionThatEndsDoesNotEndTheSeatThatAnotherSessionHasTakenOver()
    {
        var room = Here.NewRoom();
        var code = $"{room.Code}";
        var first = Here.Lobby.Join(
            new JoinAttempt(code, "ana", Account: Account("ana", "first")), new TestReader()).OrFail().Member;
        var attempt = new JoinAttempt(code, null, first.Seat, Account: Account("ana", "second"));
        var second = There.Lobby.Join(attempt, new TestReader()).OrFail().Member;
        await Wait.UntilAsync(() => first.Row.Server == second.Row.Server, "the return to be known here");

        Here.Lobby.CloseSessions(proved => proved.Session == "first");
        Assert.Equal(2, second.Post("still here"));
        There.Lobby.CloseSessions(proved => proved.Session == "second");
        Assert.Equal(Reason.NotInRoom, second.Room.Post(second, "no more", null).Reason());
    }

    [Fact]
    public async Task AMessageSentHereAndThereAtOnceIsTakenOnce()
    {
        var (ana, anas, _, bos) = await TalkAsync();
        var there = There.Lobby.Find($"{ana.Room.Code}").OrFail();
        for (var i = 0; i < Rounds; i++)
        {
            var id = $"m{i}";
            var seqs = await AtOnceAsync(
                () => ana.Room.Post(ana, "here", id).OrFail(),
                () => there.Post(there.Recognize(ana.Seat).OrFail(), "there", id).OrFail());

            Assert.Single(seqs.Distinct());
        }
        await anas.WaitForSeqAsync(2 + Rounds);
        Assert.Equal(Rounds, anas.Texts.Count);
        Assert.Empty(anas.CloseReasons);
    }

    [Fact]
    public async Task ASeatThatMovesWhileItsMessageIsUnderWayDoesNotDoubleIt()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var room = Here.NewRoom();
            var (ana, _) = Here.Join(room, "ana");
            await AtOnceAsync<object>(
                () => room.Post(ana, "here", "m1"),
                () =>
                {
                    var attempt = new JoinAttempt($"{room.Code}", null, ana.Seat, room.Epoch, After: 1);
                    var back = There.Lobby.Join(attempt, new TestReader()).OrFail().Member;
                    return back.Post("again", "m1");
                });

            var (_, bos) = There.Join(There.Lobby.Find($"{room.Code}").OrFail(), "bo");
            await bos.WaitForSeqAsync(3);
            Assert.Single(bos.Texts);
        }
    }

    [Fact]
    public async Task AMemberOfAnEarlierLifeWhoDoesNotComeBackLeaves()
    {
        var (ana, _, _, _) = await TalkAsync();
        Redis.Execute("HSET", $"{{{ana.Room.Code}}}:room", "epoch", "another life");
        Assert.Equal(Reason.RoomNotFound, ana.Room.Post(ana, "to a life that has ended", null).Reason());

        var next = Here.Lobby.Find($"{ana.Room.Code}").OrFail();
        Here.Clock.AdvanceSeconds(new Limits().SeatSeconds + 1);
        next.Recognize("nobody's");

        Assert.Equal(1, next.Members);  // bo, whose server has not noticed yet
    }

    [Fact]
    public void TheRosterIsInTheOrderOfTheJoinsEverywhere()
    {
        var room = Here.NewRoom();
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"member {i}")];
        foreach (var name in names)
        {
            Here.Join(room, name);
            Here.Clock.AdvanceSeconds(0.001);
        }

        var joined = There.Lobby.Join(new JoinAttempt($"{room.Code}", "last")).OrFail();

        Assert.Equal(names.Append("last"), joined.Users.Select(user => user.Name));
    }

    private static AccountIdentity Account(string typed, string session) =>
        new(Name.TryParse(typed, 20, out var name) ? name : throw new ArgumentException(typed), session);

    private static async Task AssertOneJoinsAsync(
        TestLobby here, TestLobby there, string one, string other, Reason reason)
    {
        for (var i = 0; i < Rounds; i++)
        {
            var room = here.NewRoom();
            if (reason == Reason.RoomFull) here.Join(room, "witness");
            var code = $"{room.Code}";
            var joins = await AtOnceAsync(
                () => here.Lobby.Join(new JoinAttempt(code, one)),
                () => there.Lobby.Join(new JoinAttempt(code, other)));

            Assert.Single(joins, join => join.IsSuccess);
            Assert.Single(joins, join => !join.IsSuccess && join.Reason() == reason);
        }
    }
}
