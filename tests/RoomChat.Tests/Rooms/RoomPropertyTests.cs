using CsCheck;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

/// <summary>Random sequences against a simple model. A failure prints its seed; CsCheck_Seed runs it again.</summary>
public sealed class RoomPropertyTests
{
    private enum Step { Join, Drop, Return, Post, PostAgain, Leave, Wait }

    private static readonly Gen<(Step, int, int)[]> Sequences = Gen.Select(
        Gen.Enum<Step>(), Gen.Int[0, 4], Gen.Int[1, 9]).Array[1, 80];

    [Fact]
    public void AnySequenceLeavesADenseTranscriptWithEverythingOnceAndNoGhosts() =>
        Sequences.Sample(steps =>
        {
            using var model = new Model();
            foreach (var (step, who, seconds) in steps) model.Apply(step, $"member {who}", seconds);
            model.AssertHolds();
        }, iter: 400, threads: 1);

    /// <summary>A witness stays connected all the time; the others come and go.</summary>
    private sealed class Model : IDisposable
    {
        private static readonly Limits Limits = new()
        {
            SeatSeconds = 10,
            History = 5,
            ReplaySeconds = 86_400,
            MessagesPerSecond = 0,
            SlowMemberSeconds = 3_600,      // time passes at once here, also for a write under way
        };

        private readonly TestLobby _lobby = new(Limits);
        private readonly Room _room;
        private readonly Member _witness;
        private readonly Dictionary<string, Seat> _seats = [];
        private readonly List<(string Id, long Seq)> _posted = [];
        private int _seconds;

        public Model()
        {
            _room = _lobby.NewRoom();
            (_witness, _) = _lobby.Join(_room, "witness");
        }

        public void Apply(Step step, string name, int seconds)
        {
            var seat = _seats.GetValueOrDefault(name);
            switch (step)
            {
                case Step.Join when seat is null:
                    var (member, reader) = _lobby.Join(_room, name);
                    _seats[name] = new Seat(member, reader, DroppedAt: null);
                    break;
                case Step.Join:
                    Assert.Equal(Reason.NameTaken, _lobby.Try(_room, name).Reason());
                    break;
                case Step.Drop when seat is { DroppedAt: null }:
                    _room.Drop(seat.Member, seat.Reader);
                    _seats[name] = seat with { DroppedAt = _seconds };
                    break;
                case Step.Return when seat is not null:
                    var returned = new TestReader();
                    Assert.Same(seat.Member, _lobby.Return(seat.Member, returned).Member);
                    _seats[name] = seat with { Reader = returned, DroppedAt = null };
                    break;
                case Step.Post when seat is { DroppedAt: null }:
                    var id = $"{_posted.Count}";
                    _posted.Add((id, seat.Member.Post($"text {id}", $"{name[^1]}-{id}")));
                    break;
                case Step.PostAgain when seat is { DroppedAt: null }:
                    var again = seat.Member.Post("first", $"{name[^1]}-first-{seat.Member.Seat}");
                    Assert.Equal(again, seat.Member.Post("second", $"{name[^1]}-first-{seat.Member.Seat}"));
                    if (_posted.All(posted => posted.Seq != again)) _posted.Add(("again", again));
                    break;
                case Step.Leave when seat is not null:
                    _room.Leave(seat.Member).OrFail();
                    _seats.Remove(name);
                    break;
                case Step.Wait:
                    seconds = 3 * (1 + seconds % 3);    // never just at the end of a seat, where a sweep decides
                    _lobby.Clock.AdvanceSeconds(seconds);
                    _seconds += seconds;
                    foreach (var (expired, _) in _seats.Where(s => _seconds - s.Value.DroppedAt >= 10).ToList())
                        _seats.Remove(expired);
                    break;
            }
        }

        public void AssertHolds()
        {
            var page = _room.ReadAsync(_witness, 0, TimeSpan.Zero, CancellationToken.None).Result.OrFail();
            var roster = new HashSet<string>();
            foreach (var read in page.Events)
            {
                if (read.Type == EventType.Joined) Assert.True(roster.Add(read.From));
                if (read.Type == EventType.Left) Assert.True(roster.Remove(read.From));
            }

            var dense = Enumerable.Range(1, page.Events.Count).Select(seq => (long)seq);
            Assert.Equal(dense, page.Events.Select(read => read.Seq));
            Assert.Equal(
                _posted.Select(posted => posted.Seq),
                page.Events.Where(read => read.Type == EventType.Message).Select(read => read.Seq));
            Assert.Equal(_seats.Keys.Append("witness").Order(), roster.Order());
            Assert.Equal(roster.Count, _room.Members);
            Assert.Equal(page.Events.Sum(read => (long)read.EstimateBytes()), _lobby.Lobby.Bytes);
            AssertBytesAreBounded();
        }

        public void Dispose() => _lobby.Dispose();

        /// <summary>After a day only the history is kept: five messages and the notices between.</summary>
        private void AssertBytesAreBounded()
        {
            _lobby.Clock.AdvanceSeconds(Limits.SeatSeconds + 1);
            var connected = _seats.Values.Where(seat => seat.DroppedAt is null).Select(seat => seat.Member);
            var head = _room.ReadAsync(_witness, null, TimeSpan.Zero, CancellationToken.None).Result.OrFail().Seq;
            Task.WhenAll(connected.Append(_witness).Select(member => member.WaitForReadAsync(head))).Wait();
            _lobby.Clock.AdvanceSeconds(Limits.ReplaySeconds + 1);

            Assert.InRange(_lobby.Lobby.Bytes, 0, 10 * 400);
            Assert.Equal(1 + _seats.Values.Count(seat => seat.DroppedAt is null), _room.Members);
        }

        private sealed record Seat(Member Member, TestReader Reader, int? DroppedAt);
    }
}
