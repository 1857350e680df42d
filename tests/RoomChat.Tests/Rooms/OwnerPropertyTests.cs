using CsCheck;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

/// <summary>People come, go and own in a random order, at one server or two.</summary>
public sealed class OwnerPropertyTests
{
    private enum Step { Join, Drop, Return, ComeBack, Leave, Lock, Pass, Remove, Wait, Restart }

    private static readonly Gen<(Step, int, int)[]> Sequences = Gen.Select(
        Gen.Enum<Step>(), Gen.Int[0, 4], Gen.Int[0, 4]).Array[1, 60];

    [Fact]
    public void ARoomHasOneOwnerAtEverySeq() =>
        Sequences.Sample(steps =>
        {
            using var lobby = new TestLobby(Model.Limits);
            Model.Run(steps, [lobby]);
        }, iter: 300, threads: 1);

    [Fact]
    public void ARoomOfTwoServersHasOneOwnerAtEverySeq()
    {
        using var redis = new RedisServer();
        Sequences.Sample(steps =>
        {
            using var here = new TestLobby(Model.Limits, redis: redis);
            using var there = new TestLobby(Model.Limits, redis: redis);
            here.WaitForAsync(there).Wait(TestContext.Current.CancellationToken);
            there.WaitForAsync(here).Wait(TestContext.Current.CancellationToken);
            var lobbies = new[] { here, there };
            Model.Run(steps, lobbies, redis);
            lobbies[0].Dispose();
        }, iter: 12, threads: 1);
    }

    private sealed class Model
    {
        public static readonly Limits Limits = new()
        {
            SeatSeconds = 10,
            OwnerSeconds = 30,
            ReplaySeconds = 86_400,
            MessagesPerSecond = 0,
            SlowMemberSeconds = 3_600,      // time passes at once here, also for a write under way
        };

        private readonly TestLobby[] _lobbies;
        private readonly RedisServer? _redis;
        private readonly Room _room;
        private readonly Member _witness;
        private readonly TestReader _witnesss;
        private readonly Dictionary<string, (Member Member, TestReader Reader)> _seats = [];

        private double _seconds;

        private Model(TestLobby[] lobbies, RedisServer? redis)
        {
            (_lobbies, _redis) = (lobbies, redis);
            _room = lobbies[0].NewRoom();
            Join("first", lobbies[0]);
            (_witness, _witnesss) = lobbies[^1].Join(RoomAt(lobbies[^1]), "witness");
        }

        public static void Run((Step, int, int)[] steps, TestLobby[] lobbies, RedisServer? redis = null)
        {
            var model = new Model(lobbies, redis);
            foreach (var (step, one, other) in steps)
                model.Apply(step, NameOf(one), NameOf(other), lobbies[other % lobbies.Length]);
            model.AssertOneOwner();
        }

        private void Apply(Step step, string name, string other, TestLobby lobby)
        {
            if (step == Step.Restart) Restart();
            if (!_seats.TryGetValue(name, out var seat))
            {
                if (step is Step.Join) Join(name, lobby);
                if (step is not Step.Wait) return;
            }
            var (member, reader) = seat;
            switch (step)
            {
                case Step.Drop: member.Room.Drop(member, reader); break;
                case Step.Return or Step.ComeBack:
                    var back = new TestReader();
                    var request = new JoinAttempt($"{_room.Code}", $"{name}'", member.Seat);
                    if (lobby.Lobby.Join(request, back).TryGet(out var joined, out _))
                        _seats[name] = (joined.Member, back);
                    break;
                case Step.Leave:
                    member.Room.Leave(member);
                    _seats.Remove(name);
                    break;
                case Step.Lock: member.Lock(!member.Room.Info.Locked.HasValue); break;
                case Step.Pass when _seats.TryGetValue(other, out var heir):
                    member.PassOwnership(heir.Member.Who);
                    break;
                case Step.Remove when _seats.TryGetValue(other, out var removed):
                    member.RemoveMember(removed.Member.Who);
                    break;
                case Step.Wait: Advance(9); break;
            }
        }

        private static string NameOf(int number) => number == 0 ? "first" : $"member {number}";

        private void Join(string name, TestLobby lobby)
        {
            var reader = new TestReader();
            var attempt = new JoinAttempt($"{_room.Code}", name);
            if (lobby.Lobby.Join(attempt, reader).TryGet(out var joined, out _)) _seats[name] = (joined.Member, reader);
        }

        private void AssertOneOwner()
        {
            Wait.UntilAsync(HasSettled, "all to know one owner, who is there").Wait();
            Assert.Empty(_witnesss.CloseReasons);
        }

        /// <summary>What becomes due meanwhile may be heard later, so all of it must agree at once.</summary>
        private bool HasSettled()
        {
            Advance(9);
            var known = _lobbies.Select(lobby => RoomAt(lobby).Info).ToList();
            var users = _lobbies[^1].Return(_witness, _witnesss).Users;
            var page = _witness.Room.ReadAsync(_witness, 0, TimeSpan.Zero, CancellationToken.None).Result.OrFail();
            var (owner, here) = AssertOwnerAtEverySeq(page.Events);
            if (RoomAt(_lobbies[^1]).Info == known[^1]) Assert.Equal(known[^1].Owner, owner);
            return known.Distinct().Count() == 1 && known[0].Owner == owner
                && here.Contains(owner) && users.Any(user => user.Who == owner);
        }

        private static (int Owner, HashSet<int> Here) AssertOwnerAtEverySeq(IEnumerable<RoomEvent> events)
        {
            var here = new HashSet<int>();
            var owner = 1;
            foreach (var read in events)
            {
                var who = read.Who!.Value;
                switch (read.Type)
                {
                    case EventType.Joined: Assert.True(here.Add(who)); break;
                    case EventType.Left:
                        Assert.True(here.Remove(who));
                        if (read.By is { } by) Assert.Equal(owner, by);
                        break;
                    case EventType.Owner:
                        Assert.Equal(owner, who);
                        owner = read.To!.Number;
                        Assert.Contains(owner, here);
                        break;
                    default: Assert.Equal(owner, who); break;
                }
            }
            return (owner, here);
        }

        /// <summary>Of the server where the witness is not.</summary>
        private void Restart()
        {
            if (_redis is null) return;
            _lobbies[0].Dispose();
            _lobbies[0] = new TestLobby(Limits, redis: _redis);
            _lobbies[0].Clock.AdvanceSeconds(_seconds);
        }

        private void Advance(double seconds)
        {
            _seconds += seconds;
            foreach (var lobby in _lobbies) lobby.Clock.AdvanceSeconds(seconds);
        }

        private Room RoomAt(TestLobby lobby) => lobby.Lobby.Find(_room.Code)!;
    }
}
