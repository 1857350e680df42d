using Microsoft.AspNetCore.Http.HttpResults;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

/// <summary>What is said in a room, and how it changes afterwards.</summary>
internal static class MessagesApi
{
    public static void MapMessages(this RouteGroupBuilder rooms)
    {
        var messages = rooms.MapGroup("{code}/messages").Refuses(Reason.RoomNotFound, Reason.NotInRoom);
        Reason[] ofText = [Reason.TextEmpty, Reason.TextTooLong, Reason.TextInvalid, Reason.NotSealed];
        Reason[] ofAuthor = [Reason.MessageNotFound, Reason.NotYours, Reason.TooLate];

        messages.MapPost("", PostAsync).Takes<SendRequest>().Refuses([.. ofText, Reason.MessageNotFound]);
        messages.MapPatch("{seq:long}", EditAsync).Takes<MessagePatch>().Refuses([.. ofText, .. ofAuthor]);
        messages.MapDelete("{seq:long}", RemoveAsync).Refuses(ofAuthor);
        messages.MapPut("{seq:long}/marks/{mark}", ReactAsync).Refuses(Reason.MessageNotFound);
        messages.MapDelete("{seq:long}/marks/{mark}", UnreactAsync).Refuses(Reason.MessageNotFound);
    }

    [EndpointSummary("Sends a message.")]
    private static async Task<Results<Created<SeqAnswer>, ProblemHttpResult>> PostAsync(
        string code, RequestBody<SendRequest> body, BearerToken seat, HttpContext context, RateLimitedLobby lobby)
    {
        var recognized = await lobby.RecognizeAsync(context, code, seat);
        if (!recognized.TryGet(out var member, out var refusal)) return context.Problem(refusal);
        if (body.Value is not { } message) return context.BadBody(body.ErrorStatus, member.Name.Shown);
        var outcome = await member.Room.PostAsync(member, message.Text, message.Id, message.ReplyTo);
        return outcome.TryGet(out var seq, out refusal)
            ? TypedResults.Created((string?)null, new SeqAnswer(seq))
            : context.Problem(refusal, member.Name.Shown);
    }

    [EndpointSummary("Changes the text of a message: its author's, for a while.")]
    private static async Task<Results<Ok<SeqAnswer>, ProblemHttpResult>> EditAsync(
        string code, long seq, RequestBody<MessagePatch> body, BearerToken seat, HttpContext context,
        RateLimitedLobby lobby)
    {
        var recognized = await lobby.RecognizeAsync(context, code, seat);
        if (!recognized.TryGet(out var member, out var refusal)) return context.Problem(refusal);
        if (body.Value is not { } edit) return context.BadBody(body.ErrorStatus, member.Name.Shown);
        return Answer(await member.Room.EditAsync(member, seq, edit.Text), member, context);
    }

    [EndpointSummary("Takes a message back: its author's, for a while, and the owner's at any time.")]
    private static async Task<Results<Ok<SeqAnswer>, ProblemHttpResult>> RemoveAsync(
        string code, long seq, BearerToken seat, HttpContext context, RateLimitedLobby lobby) =>
        (await lobby.RecognizeAsync(context, code, seat)).TryGet(out var member, out var refusal)
            ? Answer(await member.Room.RemoveMessageAsync(member, seq), member, context)
            : context.Problem(refusal);

    [EndpointSummary("Reacts to a message with a mark: 👍 ❤️ 😂 🎉 😮 😢 👎 ✅.")]
    private static Task<Results<Ok<SeqAnswer>, ProblemHttpResult>> ReactAsync(
        string code, long seq, string mark, BearerToken seat, HttpContext context, RateLimitedLobby lobby) =>
        MarkAsync(code, seq, mark, on: true, seat, context, lobby);

    [EndpointSummary("Takes a mark back.")]
    private static Task<Results<Ok<SeqAnswer>, ProblemHttpResult>> UnreactAsync(
        string code, long seq, string mark, BearerToken seat, HttpContext context, RateLimitedLobby lobby) =>
        MarkAsync(code, seq, mark, on: false, seat, context, lobby);

    private static async Task<Results<Ok<SeqAnswer>, ProblemHttpResult>> MarkAsync(
        string code, long seq, string mark, bool on, BearerToken seat, HttpContext context, RateLimitedLobby lobby) =>
        (await lobby.RecognizeAsync(context, code, seat)).TryGet(out var member, out var refusal)
            ? Answer(await member.Room.ReactAsync(member, seq, mark, on), member, context)
            : context.Problem(refusal);

    private static Results<Ok<SeqAnswer>, ProblemHttpResult> Answer(
        Outcome<long> outcome, Member member, HttpContext context) =>
        outcome.TryGet(out var seq, out var refusal)
            ? TypedResults.Ok(new SeqAnswer(seq))
            : context.Problem(refusal, member.Name.Shown);
}
