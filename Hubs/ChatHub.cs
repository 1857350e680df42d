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

    public async ValueTask<object> CreateRoom(RoomRequest? request) =>
        Answer(await lobby.CreateAsync(Reader.Client, request?.Sealed == true), ToAnswer);

    public async ValueTask<object> ReopenRoom(RoomRequest? request) =>
        Answer(
            (await IdentifyAsync(null)).TryGet(out var caller, out var refusal)
                ? await lobby.ReopenAsync(
                    Reader.Client, request?.Room, caller.Account?.Name, request?.Sealed == true)
                : refusal,
            reopened => ToAnswer(reopened.Room), request?.Room);

    public async ValueTask<object> OpenDirect(OpenDirectRequest? request) =>
        Answer(
            request is null ? Reason.BadRequest
            : (await IdentifyAsync(request.Token)).TryGet(out var caller, out var refusal)
                ? await directChats.OpenAsync(caller.Account?.Name, request.With, Reader.Client)
            : refusal,
            ToAnswer);

    public async ValueTask<object> JoinRoom(JoinRoomRequest? request) =>
        Answer(
            request is null ? Reason.BadRequest
            : (await IdentifyAsync(request.Token)).TryGet(out var caller, out var refusal)
                ? await lobby.JoinAsync(Reader.Client, request, caller.Account, Reader, Reader.Member)
            : refusal,
            joined => Join(joined, isPaced: request!.Paced), request?.Room, request?.Name);

    public async ValueTask<object> SendMessage(SendRequest? request) =>
        Answer(
            await InRoomAsync(
                member => member.Room.PostAsync(member, request?.Text, request?.Id, request?.ReplyTo)),
            Acknowledge);

    public async ValueTask<object> EditMessage(EditRequest? request) =>
        Answer(
            await InRoomAsync(member => request is null
                ? new(Reason.BadRequest)
                : member.Room.EditAsync(member, request.Seq, request.Text)),
            Acknowledge);

    public async ValueTask<object> RemoveMessage(SeqRequest? request) =>
        Answer(
            await InRoomAsync(member => request is null
                ? new(Reason.BadRequest)
                : member.Room.RemoveMessageAsync(member, request.Seq)),
            Acknowledge);

    public async ValueTask<object> React(ReactRequest? request) =>
        Answer(
            await InRoomAsync(member => request is null
                ? new(Reason.BadRequest)
                : member.Room.ReactAsync(member, request.Seq, request.Mark, request.On)),
            Acknowledge);

    public object Seen(SeenRequest? request) => Answer(InRoom(member => member.Room.Seen(member, request?.Seq)));

    public async ValueTask<object> Rename(RenameRequest? request) =>
        Answer(
            await InRoomAsync(member => member.Room.RenameAsync(member, request?.Name)),
            name => new NameAnswer(name.Shown));

    public object Typing() => Answer(InRoom(member => member.Room.Typing(member)));

    public object Away() => Answer(InRoom(member => member.Room.Away(member)));

    public async ValueTask<object> LeaveRoom()
    {
        var answer = Answer(Reader.Member is { } member ? await member.Room.LeaveAsync(member) : Reason.NotInRoom);
        Reader.Member = null;
        return answer;
    }

    public async ValueTask<object> LockRoom(LockRequest? request) =>
        Answer(await InRoomAsync(
            member => request is null ? new(Reason.BadRequest) : member.Room.LockAsync(member, request.Locked)));

    public async ValueTask<object> SetPassphrase(PassphraseRequest? request) =>
        Answer(await InRoomAsync(member => lobby.SetPassphraseAsync(Reader.Client, member, request?.Passphrase)));

    public async ValueTask<object> NameRoom(TitleRequest? request) =>
        Answer(await InRoomAsync(member => member.Room.NameAsync(member, request?.Title)));

    public async ValueTask<object> EndRoom(EndRequest? request) =>
        Answer(
            await InRoomAsync(member => member.Room.EndInAsync(member, request?.InSeconds)),
            _ => new EndAnswer(Reader.Member?.Room.Info.EndsAt));

    public async ValueTask<object> RemoveMember(WhoRequest? request) =>
        Answer(await InRoomAsync(
            member => request is null ? new(Reason.BadRequest) : member.Room.RemoveMemberAsync(member, request.Who)));

    public async ValueTask<object> PassOwnership(WhoRequest? request) =>
        Answer(await InRoomAsync(
            member => request is null ? new(Reason.BadRequest) : member.Room.PassOwnershipAsync(member, request.Who)));

    public async ValueTask<object> CloseRoom() =>
        Answer(await InRoomAsync(member => member.Room.CloseAsync(member)));

    private static RoomAnswer ToAnswer(Room room) => new(room.Code.ToString(), room.IsSealed ? true : null);

    private JoinAnswer Join(Joined joined, bool isPaced)
    {
        Reader.Join(joined);
        Reader.IsPaced = isPaced;
        return JoinAnswer.Of(joined);
    }

    private SeqAnswer Acknowledge(long seq)
    {
        Reader.HoldAnswerUntil(seq);
        return new SeqAnswer(seq);
    }

    private ValueTask<Outcome<Caller>> IdentifyAsync(string? token) => tokens.IdentifyAsync(token, Context.User);

    private Outcome<T> InRoom<T>(Func<Member, Outcome<T>> call) where T : notnull =>
        Reader.Member is { } member ? call(member) : Reason.NotInRoom;

    private ValueTask<Outcome<T>> InRoomAsync<T>(Func<Member, ValueTask<Outcome<T>>> call) where T : notnull =>
        Reader.Member is { } member ? call(member) : new(Reason.NotInRoom);

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
