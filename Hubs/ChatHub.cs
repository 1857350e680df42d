using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Hubs;

internal sealed class ChatHub(
    RateLimitedLobby lobby, DirectChats directChats, SessionTokenReader tokens, RefusalReporter refusals) : Hub
{
    public const string Path = "/hub";

    private HubReader Reader => field ??= Context.Features.GetRequiredFeature<HubReader>();

    public object CreateRoom() => Answer(lobby.Create(Reader.Client), ToAnswer);

    public object ReopenRoom(RoomRequest? request) =>
        Answer(
            WithAccount(null, account => lobby.Reopen(Reader.Client, request?.Room, account?.Name)),
            reopened => ToAnswer(reopened.Room), request?.Room);

    public object OpenDirect(OpenDirectRequest? request) =>
        Answer(
            request is null ? Reason.BadRequest : WithAccount(
                request.Token, account => directChats.Open(account?.Name, request.With, Reader.Client)),
            ToAnswer);

    public object JoinRoom(JoinRoomRequest? request) =>
        Answer(
            request is null ? Reason.BadRequest : WithAccount(
                request.Token, account => lobby.Join(Reader.Client, request, account, Reader, Reader.Member)),
            Join, request?.Room, request?.Name);

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

    private static RoomAnswer ToAnswer(Room room) => new(room.Code.ToString());

    private JoinAnswer Join(Joined joined)
    {
        Reader.Join(joined);
        return JoinAnswer.Of(joined);
    }

    private SendAnswer Acknowledge(long seq)
    {
        Reader.HoldAnswerUntil(seq);
        return new SendAnswer(seq);
    }

    private Outcome<T> WithAccount<T>(string? token, Func<AccountIdentity?, Outcome<T>> call) where T : notnull =>
        tokens.TryIdentify(token, Context.User, out var account) ? call(account) : Reason.NotSignedIn;

    private Outcome<T> InRoom<T>(Func<Member, Outcome<T>> call) where T : notnull =>
        Reader.Member is { } member ? call(member) : Reason.NotInRoom;

    private object Answer(Outcome<Done> outcome) => Answer(outcome, _ => new DoneAnswer());

    private object Answer<T>(
        Outcome<T> outcome, Func<T, object> toAnswer, string? room = null, string? name = null) where T : notnull
    {
        Reader.ReleaseAnswer();
        if (outcome.TryGet(out var value, out var refusal)) return toAnswer(value);

        var member = Reader.Member;
        refusals.Report(Reader.Client, refusal, room ?? member?.Room.Code.ToString(), name ?? member?.Name.Shown);
        return new RefusalAnswer(refusal.Code, refusal.Message, (long?)refusal.RetryAfter?.TotalMilliseconds);
    }
}
