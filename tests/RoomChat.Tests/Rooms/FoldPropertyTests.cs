using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Rooms;

/// <summary>What the server keeps of messages and what a page shows of them, after a random sequence.</summary>
public sealed class FoldPropertyTests
{
    private enum Step { Post, Answer, Edit, Remove, React, TakeBack, Rename, Drop, Return, Wait, GiveUp }

    private static readonly Gen<(Step, int, int)[]> Sequences = Gen.Select(
        Gen.Enum<Step>(), Gen.Int[0, 9], Gen.Int[0, 9]).Array[1, 80];

    private static readonly JsonSerializerOptions Json = NewJson();

    [Fact]
    public void ServerAndPageAgree()
    {
        using var page = new PageFold();
        Sequences.Sample(steps =>
        {
            using var lobby = new TestLobby(Model.Limits);
            new Model([lobby], page).Run(steps);
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void TwoServersAndAPageAgree()
    {
        using var page = new PageFold();
        using var redis = new RedisServer();
        Sequences.Sample(steps =>
        {
            using var here = new TestLobby(Model.Limits, redis: redis);
            using var there = new TestLobby(Model.Limits, redis: redis);
            new Model([here, there], page).Run(steps);
        }, iter: 15, threads: 1);
    }

    private static JsonSerializerOptions NewJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Wire.Configure(json);
        return json;
    }

    private sealed class Model
    {
        public static readonly Limits Limits = new()
        {
            History = 5,
            ReplaySeconds = 10,
            MessagesPerSecond = 0,
            SeatSeconds = 86_400,
            SlowMemberSeconds = 86_400,     // time passes at once here, also for a write under way
        };

        private static readonly string[] Marks = ["👍", "❤️", "😂"];

        private readonly TestLobby[] _lobbies;
        private readonly PageFold _fold;
        private readonly List<Member> _members = [];
        private readonly Member _ana;
        private readonly JsonArray _actions = [];
        private TestReader? _reader;
        private int _folded;
        private long _seen;

        public Model(TestLobby[] lobbies, PageFold fold)
        {
            (_lobbies, _fold) = (lobbies, fold);
            var room = lobbies[0].NewRoom();
            _members.Add(lobbies[0].Join(room, "owner").Member);
            _members.Add(lobbies[^1].Join(lobbies[^1].Lobby.Find(room.Code)!, "bo").Member);
            _reader = new TestReader();
            var joined = lobbies[^1].Try(lobbies[^1].Lobby.Find(room.Code)!, "ana", _reader).OrFail();
            _members.Add(_ana = joined.Member);
            Answered(joined);
        }

        public void Run((Step, int, int)[] steps)
        {
            foreach (var (step, one, other) in steps) Apply(step, _members[one % 3], one, other);
            if (_reader is null) Return();
            var last = _members[0].Post("last");
            _reader!.WaitForSeqAsync(last).Wait();
            Wait.UntilAsync(
                () => _members.All(member => Read(member, null).Seq == last), "all to read the same").Wait();
            Fold(_reader.Batches.Count);
            AssertSame();
        }

        private void Apply(Step step, Member member, int one, int other)
        {
            var seq = HeadAt(member) - other;
            switch (step)
            {
                case Step.Post: member.Post($"text {one}{other}"); break;
                case Step.Answer: member.Room.PostAsync(member, "answer", id: null, Math.Max(1, seq)).Wait(); break;
                case Step.Edit: member.Edit(seq, $"edit {one}"); break;
                case Step.Remove: member.Remove(seq); break;
                case Step.React: member.React(seq, Marks[other % 3]); break;
                case Step.TakeBack: member.React(seq, Marks[other % 3], on: false); break;
                case Step.Rename: member.Rename($"name {one}{other}"); break;
                case Step.Drop when _reader is not null: Drop(one / 9.0); break;
                case Step.Return when _reader is null: Return(); break;
                case Step.Wait:
                    AwaitReaders();
                    foreach (var lobby in _lobbies) lobby.Clock.AdvanceSeconds(one);
                    break;
                case Step.GiveUp:
                    AwaitReaders();
                    member.Room.TrimOldest(200 * other);
                    break;
            }
        }

        /// <summary>Whoever is behind what is given up is cut off.</summary>
        private void AwaitReaders()
        {
            var seq = _members.Max(HeadAt);
            Wait.UntilAsync(
                () => _members.All(member => HeadAt(member) == seq), "both servers to know the same").Wait();
            foreach (var member in _members)
                if (member.Place is not null) member.WaitForReadAsync(seq).Wait();
        }

        /// <summary>The page may have folded only some of what was written to it.</summary>
        private void Drop(double share)
        {
            Fold((int)(share * _reader!.Batches.Count));
            _ana.Room.Drop(_ana, _reader);
            _actions.Add(new JsonObject { ["type"] = "lost" });
            _reader = null;
        }

        private void Return()
        {
            (_reader, _folded) = (new TestReader(), 0);
            Answered(_lobbies[^1].Return(_ana, _reader, _seen));
        }

        private void Answered(Joined joined)
        {
            _actions.Add(new JsonObject { ["type"] = "connected" });
            _actions.Add(new JsonObject
            {
                ["type"] = "answered",
                ["call"] = new JsonObject { ["method"] = "JoinRoom" },
                ["answer"] = JsonSerializer.SerializeToNode(JoinAnswer.Of(joined), Json),
            });
        }

        private void Fold(int upTo)
        {
            var batches = _reader!.Batches;
            for (; _folded < upTo; _folded++)
            {
                if (batches[_folded].Events is [.., var last]) _seen = Math.Max(_seen, last.Seq);
                _actions.Add(new JsonObject
                {
                    ["type"] = "received",
                    ["epoch"] = batches[_folded].Epoch,
                    ["events"] = JsonSerializer.SerializeToNode(batches[_folded].Events, Json),
                });
            }
        }

        private void AssertSame()
        {
            var shown = _fold.Messages(_actions.ToJsonString());
            foreach (var kept in Read(_ana, null).Events.Where(IsSaid))
                Assert.True(shown.ContainsKey(kept.Seq), $"{kept.Seq} is not shown after {_actions.ToJsonString()}");
            foreach (var (seq, message) in shown)
            {
                if (Kept(_ana, seq) is not { } kept) continue;
                Assert.Equal(kept, Sorted(JsonNode.Parse(message.GetRawText())!));
                Assert.All(_members, member => Assert.Equal(kept, Kept(member, seq) ?? kept));
            }
        }

        /// <summary>As a page would fold it; null if that server keeps it no longer.</summary>
        private static string? Kept(Member member, long seq) =>
            Read(member, seq - 1).Events.FirstOrDefault(read => read.Seq == seq) is not { } kept ? null
            : Sorted(JsonSerializer.SerializeToNode<object>(
                kept.IsStub
                    ? new { seq, removedBy = kept.By ?? kept.Who }
                    : new
                    {
                        seq,
                        kept.Text,
                        IsEdited = kept.EditedAt is not null,
                        kept.ReplyTo,
                        Marks = kept.MarkedBy ?? Reactions.None.Numbers,
                    },
                Json)!);

        private static bool IsSaid(RoomEvent read) => read.Type == EventType.Message || read.IsStub;

        /// <summary>The order of the marks, and of who made each, is up to the reader.</summary>
        private static string Sorted(JsonNode message)
        {
            if (message["marks"] is JsonObject marks)
            {
                message["marks"] = new JsonObject(marks.OrderBy(mark => mark.Key, StringComparer.Ordinal)
                    .Select(mark => KeyValuePair.Create(mark.Key, mark.Value?.DeepClone())));
            }
            return message.ToJsonString();
        }

        private static long HeadAt(Member member) => Read(member, Read(member, null).Seq).Seq;

        private static EventPage Read(Member member, long? after) =>
            member.Room.ReadAsync(member, after, TimeSpan.Zero, CancellationToken.None).Result.OrFail();
    }
}
