using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

public static class RoomsApi
{
    private const int MaxWaitSeconds = 60;

    public static void MapRoomsApi(this WebApplication app)
    {
        var maxBytes = Wire.MaxBytes(app.Services.GetRequiredService<Limits>());
        var rooms = app.MapGroup("/api/rooms").WithMetadata(new RequestSizeLimitAttribute(maxBytes))
            .Refuses(Reason.BadRequest, Reason.Stopping, Reason.Unavailable, Reason.RateLimited);

        rooms.MapPost("", CreateAsync).Takes<RoomRequest>(isOptional: true)
            .Refuses(Reason.RoomNotFound, Reason.ServerFull);
        rooms.MapGet("{code}", ShowAsync).Refuses(Reason.RoomNotFound);
        rooms.MapPost("{code}/members", JoinAsync).Takes<MemberRequest>().Refuses(
            Reason.RoomNotFound, Reason.RoomFull, Reason.NameInvalid, Reason.NameTaken, Reason.NameReserved,
            Reason.NotSignedIn, Reason.RoomLocked, Reason.PassphraseNeeded, Reason.PassphraseWrong, Reason.KeyNeeded,
            Reason.KeyWrong);
        rooms.MapGet("{code}/events", ReadAsync).Refuses(Reason.RoomNotFound, Reason.NotInRoom);
        rooms.MapDelete("{code}/members/me", LeaveAsync).Refuses(Reason.RoomNotFound, Reason.NotInRoom);

        Reason[] ownersRefusals = [Reason.RoomNotFound, Reason.NotInRoom, Reason.NotOwner];
        rooms.MapPatch("{code}", ChangeAsync).Takes<RoomPatch>()
            .Refuses([.. ownersRefusals, Reason.PassphraseInvalid, Reason.TitleInvalid]);
        rooms.MapDelete("{code}", CloseAsync).Refuses(ownersRefusals);
        rooms.MapDelete("{code}/members/{who:int}", RemoveAsync).Refuses(ownersRefusals);

        rooms.MapMessages();
    }

    [EndpointSummary("Creates a room, or reopens one under the code of a closed room.")]
    private static async Task<Results<Created<RoomLink>, Ok<RoomLink>, ProblemHttpResult>> CreateAsync(
        RequestBody<RoomRequest> body, HttpContext context, RateLimitedLobby lobby)
    {
        if (body.ErrorStatus is { } status) return context.BadBody(status);
        var outcome = await CreateOrReopenAsync(lobby, ClientNetwork.Of(context), body.Value ?? new());
        if (!outcome.TryGet(out var made, out var refusal)) return context.Problem(refusal, room: body.Value?.Room);

        var link = RoomLink.To(made.Room, context.Request);
        var location = $"{context.Request.PathBase}/api/rooms/{made.Room.Code}";
        return made.IsNew ? TypedResults.Created(location, link) : TypedResults.Ok(link);
    }

    [EndpointSummary("Returns how many are in a room, and whether anybody else may come in.")]
    private static async Task<Results<Ok<RoomSummary>, ProblemHttpResult>> ShowAsync(
        string code, HttpContext context, RateLimitedLobby lobby) =>
        (await lobby.FindAsync(ClientNetwork.Of(context), code)).TryGet(out var room, out var refusal)
            ? TypedResults.Ok(RoomSummary.Of(room))
            : context.Problem(refusal);

    [EndpointSummary("Joins a room, or returns to a seat in it.")]
    private static async Task<Results<Created<JoinAnswer>, ProblemHttpResult>> JoinAsync(
        string code, RequestBody<MemberRequest> body, SessionTokenReader tokens, HttpContext context,
        RateLimitedLobby lobby)
    {
        if (body.Value is not { } member) return context.BadBody(body.ErrorStatus);
        var identified = await tokens.IdentifyAsync(member.Token, browser: null);
        if (!identified.TryGet(out var caller, out var refusal)) return context.Problem(refusal, member.Name);
        var request = new JoinRoomRequest(
            code, member.Name, member.Seat, Passphrase: member.Passphrase, Check: member.Check);
        var outcome = await lobby.JoinAsync(ClientNetwork.Of(context), request, caller.Account);
        return outcome.TryGet(out var joined, out refusal)
            ? TypedResults.Created((string?)null, JoinAnswer.Of(joined))
            : context.Problem(refusal, member.Name);
    }

    [EndpointSummary(
        "Reads the events after a place, or the history, and can wait for the next ones.")]
    private static async Task<Results<Ok<EventsAnswer>, ProblemHttpResult>> ReadAsync(
        string code, long? after, [Range(0, MaxWaitSeconds)] int? wait, BearerToken seat,
        HttpContext context, RateLimitedLobby lobby, IHostApplicationLifetime lifetime)
    {
        var recognized = await lobby.RecognizeAsync(context, code, seat);
        if (!recognized.TryGet(out var member, out var refusal))
            return context.Problem(refusal);
        if (after < 0 || wait is < 0 or > MaxWaitSeconds)
            return context.Problem(Reason.BadRequest, member.Name.Shown);

        var stopping = lifetime.ApplicationStopping;
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var outcome = await lobby.ReadAsync(
            ClientNetwork.Of(context), member, after, TimeSpan.FromSeconds(wait ?? 0), cancelled.Token);
        if (!outcome.TryGet(out var page, out refusal)) return context.Problem(refusal, member.Name.Shown);
        if (page.Events.Count == 0 && stopping.IsCancellationRequested) return context.Problem(Reason.Stopping);
        return TypedResults.Ok(new EventsAnswer(page.Events, page.Seq, member.Room.Epoch, page.HasGap ? true : null));
    }

    [EndpointSummary("Leaves a room.")]
    private static Task<Results<NoContent, ProblemHttpResult>> LeaveAsync(
        string code, BearerToken seat, HttpContext context, RateLimitedLobby lobby) =>
        ActAsync(code, seat, context, lobby, member => member.Room.LeaveAsync(member));

    [EndpointSummary("Locks a room, names it, sets its passphrase or its end, or takes them away: the owner's.")]
    private static async Task<Results<Ok<RoomInfo>, ProblemHttpResult>> ChangeAsync(
        string code, RequestBody<RoomPatch> body, BearerToken seat, HttpContext context, RateLimitedLobby lobby)
    {
        var recognized = await lobby.RecognizeAsync(context, code, seat);
        if (!recognized.TryGet(out var member, out var refusal)) return context.Problem(refusal);
        if (body.Value is not { } patch) return context.BadBody(body.ErrorStatus, member.Name.Shown);
        return (await patch.ApplyAsync(member, lobby, ClientNetwork.Of(context))).TryGet(out var room, out refusal)
            ? TypedResults.Ok(room)
            : context.Problem(refusal, member.Name.Shown);
    }

    [EndpointSummary("Closes a room for everybody: the owner's.")]
    private static Task<Results<NoContent, ProblemHttpResult>> CloseAsync(
        string code, BearerToken seat, HttpContext context, RateLimitedLobby lobby) =>
        ActAsync(code, seat, context, lobby, member => member.Room.CloseAsync(member));

    [EndpointSummary("Removes the member with this number: the owner's.")]
    private static Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string code, int who, BearerToken seat, HttpContext context, RateLimitedLobby lobby) =>
        ActAsync(code, seat, context, lobby, member => member.Room.RemoveMemberAsync(member, who));

    private static async Task<Results<NoContent, ProblemHttpResult>> ActAsync(
        string code, BearerToken seat, HttpContext context, RateLimitedLobby lobby,
        Func<Member, ValueTask<Outcome<Done>>> act)
    {
        var recognized = await lobby.RecognizeAsync(context, code, seat);
        return recognized.TryGet(out var member, out var refusal) && (await act(member)).TryGet(out _, out refusal)
            ? TypedResults.NoContent()
            : context.Problem(refusal, member?.Name.Shown);
    }

    private static async ValueTask<Outcome<(Room Room, bool IsNew)>> CreateOrReopenAsync(
        RateLimitedLobby lobby, System.Net.IPAddress client, RoomRequest request)
    {
        if (request.Room is { } code) return await lobby.ReopenAsync(client, code, isSealed: request.Sealed);
        return (await lobby.CreateAsync(client, request.Sealed)).TryGet(out var room, out var refusal)
            ? (room, true)
            : refusal;
    }

    internal static ValueTask<Outcome<Member>> RecognizeAsync(
        this RateLimitedLobby lobby, HttpContext context, string code, BearerToken seat) =>
        lobby.RecognizeAsync(ClientNetwork.Of(context), code, seat.Value);
}
