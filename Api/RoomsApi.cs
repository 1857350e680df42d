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
            .Refuses(Reason.BadRequest, Reason.Stopping, Reason.RateLimited);

        rooms.MapPost("", Create).Takes<RoomRequest>(isOptional: true).Refuses(Reason.RoomNotFound, Reason.ServerFull);
        rooms.MapGet("{code}", Show).Refuses(Reason.RoomNotFound);
        rooms.MapPost("{code}/members", Join).Takes<MemberRequest>().Refuses(
            Reason.RoomNotFound, Reason.RoomFull, Reason.NameInvalid, Reason.NameTaken, Reason.NameReserved,
            Reason.NotSignedIn);
        rooms.MapGet("{code}/events", ReadAsync).Refuses(Reason.RoomNotFound, Reason.NotInRoom);
        rooms.MapPost("{code}/messages", Post).Takes<SendRequest>().Refuses(
            Reason.RoomNotFound, Reason.NotInRoom, Reason.TextEmpty, Reason.TextTooLong, Reason.TextInvalid);
        rooms.MapDelete("{code}/members/me", Leave).Refuses(Reason.RoomNotFound, Reason.NotInRoom);
    }

    [EndpointSummary("Creates a room, or reopens one under the code of a closed room.")]
    private static Results<Created<RoomLink>, Ok<RoomLink>, ProblemHttpResult> Create(
        RequestBody<RoomRequest> body, HttpContext context, RateLimitedLobby lobby)
    {
        if (body.ErrorStatus is { } status) return context.BadBody(status);
        var outcome = CreateOrReopen(lobby, ClientNetwork.Of(context), body.Value?.Room);
        if (!outcome.TryGet(out var made, out var refusal)) return context.Problem(refusal, room: body.Value?.Room);

        var link = RoomLink.To(made.Room, context.Request);
        var location = $"{context.Request.PathBase}/api/rooms/{made.Room.Code}";
        return made.IsNew ? TypedResults.Created(location, link) : TypedResults.Ok(link);
    }

    [EndpointSummary("Returns the number of members of a room.")]
    private static Results<Ok<RoomState>, ProblemHttpResult> Show(
        string code, HttpContext context, RateLimitedLobby lobby) =>
        lobby.Find(ClientNetwork.Of(context), code).TryGet(out var room, out var refusal)
            ? TypedResults.Ok(new RoomState($"{room.Code}", room.Members, room.CreatedAt))
            : context.Problem(refusal);

    [EndpointSummary("Joins a room, or returns to a seat in it.")]
    private static Results<Created<JoinAnswer>, ProblemHttpResult> Join(
        string code, RequestBody<MemberRequest> body, SessionTokenReader tokens, HttpContext context,
        RateLimitedLobby lobby)
    {
        if (body.Value is not { } member) return context.BadBody(body.ErrorStatus);
        if (!tokens.TryIdentify(member.Token, browser: null, out var account))
            return context.Problem(Reason.NotSignedIn, member.Name);
        var request = new JoinRoomRequest(code, member.Name, member.Seat);
        return lobby.Join(ClientNetwork.Of(context), request, account).TryGet(out var joined, out var refusal)
            ? TypedResults.Created((string?)null, JoinAnswer.Of(joined))
            : context.Problem(refusal, member.Name);
    }

    [EndpointSummary(
        "Reads the events after a place, or the history, and can wait for the next ones.")]
    private static async Task<Results<Ok<EventsAnswer>, ProblemHttpResult>> ReadAsync(
        string code, long? after, [Range(0, MaxWaitSeconds)] int? wait, BearerToken seat,
        HttpContext context, RateLimitedLobby lobby, IHostApplicationLifetime lifetime)
    {
        if (!Recognize(lobby, context, code, seat).TryGet(out var member, out var refusal))
            return context.Problem(refusal);
        if (after < 0 || wait is < 0 or > MaxWaitSeconds)
            return context.Problem(Reason.BadRequest, member.Name.Shown);

        var stopping = lifetime.ApplicationStopping;
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var outcome = await member.Room.ReadAsync(member, after, TimeSpan.FromSeconds(wait ?? 0), cancelled.Token);
        if (!outcome.TryGet(out var page, out refusal)) return context.Problem(refusal, member.Name.Shown);
        if (page.Events.Count == 0 && stopping.IsCancellationRequested) return context.Problem(Reason.Stopping);
        return TypedResults.Ok(new EventsAnswer(page.Events, page.Seq, member.Room.Epoch, page.HasGap ? true : null));
    }

    [EndpointSummary("Sends a message.")]
    private static Results<Created<SendAnswer>, ProblemHttpResult> Post(
        string code, RequestBody<SendRequest> body, BearerToken seat, HttpContext context, RateLimitedLobby lobby)
    {
        if (!Recognize(lobby, context, code, seat).TryGet(out var member, out var refusal))
            return context.Problem(refusal);
        if (body.Value is not { } message) return context.BadBody(body.ErrorStatus, member.Name.Shown);
        return member.Room.Post(member, message.Text, message.Id).TryGet(out var seq, out refusal)
            ? TypedResults.Created((string?)null, new SendAnswer(seq))
            : context.Problem(refusal, member.Name.Shown);
    }

    [EndpointSummary("Leaves a room.")]
    private static Results<NoContent, ProblemHttpResult> Leave(
        string code, BearerToken seat, HttpContext context, RateLimitedLobby lobby) =>
        Recognize(lobby, context, code, seat).TryGet(out var member, out var refusal)
        && member.Room.Leave(member).TryGet(out _, out refusal)
            ? TypedResults.NoContent()
            : context.Problem(refusal);

    private static Outcome<(Room Room, bool IsNew)> CreateOrReopen(
        RateLimitedLobby lobby, System.Net.IPAddress client, string? code)
    {
        if (code is not null) return lobby.Reopen(client, code);
        return lobby.Create(client).TryGet(out var room, out var refusal) ? (room, true) : refusal;
    }

    private static Outcome<Member> Recognize(
        RateLimitedLobby lobby, HttpContext context, string code, BearerToken seat) =>
        lobby.Recognize(ClientNetwork.Of(context), code, seat.Value);
}
