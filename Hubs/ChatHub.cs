using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Hubs;

/// <summary>The doorway for SignalR: outside words become calls into the domain, outcomes become answers.</summary>
internal sealed class ChatHub(Doorkeeper doors, Directs directs, Tokens tokens, Refusals refusals) : Hub
{
    private HubReader Reader => field ??= Context.Features.GetRequiredFeature<HubReader>();

    public object CreateRoom() =>
        Answer(doors.Create(Reader.From), room => new RoomAnswer(room.Code.ToString()));

    public object ReopenRoom(RoomRequest? request) =>
        Answer(As(null, owner => doors.Reopen(Reader.From, request?.Room, owner?.Name, out _)), room => new RoomAnswer(room.Code.ToString()), request?.Room);

    public object OpenDirect(DirectCall? call) =>
        Answer(
            call is null ? Reason.BadRequest : As(call.Token, owner => directs.Open(owner?.Name, call.With, Reader.From)),
            room => new RoomAnswer(room.Code.ToString()));

    public object JoinRoom(JoinCall? call) =>
        Answer(
            call is null ? Reason.BadRequest : As(call.Token, owner => doors.Join(Reader.From, call.By(owner), Reader, Reader.Member)),
            Sit, call?.Room, call?.Name);

    public object SendMessage(SendRequest? request) =>
        Answer(InRoom(member => member.Room.Post(member, request?.Text, request?.Id)), Acknowledge);

    public object Typing() => Answer(InRoom(member => member.Room.Typing(member)));

    public object Away() => Answer(InRoom(member => member.Room.Away(member)));

    public object LeaveRoom()
    {
        var answer = Answer(InRoom(member => member.Room.Leave(member)));
        Reader.Member = null;
        return answer;
    }

    private SendAnswer Acknowledge(long seq)
    {
        Reader.Cable.HoldUntil(seq);
        return new SendAnswer(seq);
    }

    private Outcome<T> As<T>(string? token, Func<Owner?, Outcome<T>> act) where T : notnull =>
        tokens.Knows(token, Context.User, out var owner) ? act(owner) : Reason.NotSignedIn;

    private JoinAnswer Sit(Joined joined)
    {
        Reader.Member = joined.Member;
        if (joined.More) Reader.Cable.HoldUntil(joined.Seq);
        else Reader.Cable.Handed(joined.Seq);       // seen already: what is sent again is acknowledged without it
        return JoinAnswer.To(joined);
    }

    private Outcome<T> InRoom<T>(Func<Member, Outcome<T>> act) where T : notnull =>
        Reader.Member is { } member ? act(member) : Reason.NotInRoom;

    private object Answer(Outcome<Done> outcome) => Answer(outcome, _ => new DoneAnswer());

    private object Answer<T>(Outcome<T> outcome, Func<T, object> granted, string? room = null, string? name = null) where T : notnull
    {
        Reader.Cable.HoldUntil(0);
        if (outcome.Granted(out var value, out var refusal)) return granted(value);

        var member = Reader.Member;
        refusals.Show(Reader.From, refusal, room ?? member?.Room.Code.ToString(), name ?? member?.Name.Shown);
        return new RefusalAnswer(refusal.Code, refusal.Message, (long?)refusal.RetryAfter?.TotalMilliseconds);
    }
}
