using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

/// <summary>The doorway for programs: the same verbs over HTTP.</summary>
internal static class RoomsApi
{
    private const int LongestWait = 60;

    public static void MapRooms(this RouteGroupBuilder rooms)
    {
        rooms.MapPost("", Open).Takes<RoomRequest>(optional: true).Refuses(Reason.RoomNotFound, Reason.ServerFull, Reason.RateLimited);
        rooms.MapGet("{code}", Show).Refuses(Reason.RoomNotFound, Reason.RateLimited);
        rooms.MapPost("{code}/members", Join).Takes<MemberRequest>()
            .Refuses(Reason.RoomNotFound, Reason.RoomFull, Reason.NameInvalid, Reason.NameTaken, Reason.NameReserved, Reason.NotSignedIn,
                Reason.RateLimited);
        rooms.MapGet("{code}/events", ReadAsync).Refuses(Reason.RoomNotFound, Reason.NotInRoom, Reason.RateLimited);
        rooms.MapPost("{code}/messages", Post).Takes<SendRequest>()
            .Refuses(Reason.RoomNotFound, Reason.NotInRoom, Reason.TextEmpty, Reason.TextTooLong, Reason.TextInvalid, Reason.RateLimited);
        rooms.MapDelete("{code}/members/me", Leave).Refuses(Reason.RoomNotFound, Reason.NotInRoom, Reason.RateLimited);
    }

    [EndpointSummary("Makes a room, or makes one anew under a code that has died.")]
    private static Results<Created<RoomAnswer>, Ok<RoomAnswer>, Problem> Open(Body<RoomRequest> body, HttpContext context, Doorkeeper doors)
    {
        if (body.Wrong is { } wrong) return Nonsense(wrong);
        var made = true;
        var from = Network.Of(context);
        var outcome = body.Value?.Room is { } code ? doors.Reopen(from, code, null, out made) : doors.Create(from);
        if (!outcome.Granted(out var room, out var refusal)) return new Problem(refusal, room: body.Value?.Room);

        var answer = RoomAnswer.Of(room, context.Request);
        return made ? TypedResults.Created($"{context.Request.PathBase}/api/rooms/{room.Code}", answer) : TypedResults.Ok(answer);
    }

    [EndpointSummary("Says how many are in a room.")]
    private static Results<Ok<RoomState>, Problem> Show(string code, HttpContext context, Doorkeeper doors) =>
        doors.Find(Network.Of(context), code).Granted(out var room, out var refusal)
            ? TypedResults.Ok(new RoomState($"{room.Code}", room.Members, room.CreatedAt))
            : new Problem(refusal);

    [EndpointSummary("Joins a room, or comes back to a seat in it.")]
    private static Results<Created<JoinAnswer>, Problem> Join(
        string code, Body<MemberRequest> body, Tokens tokens, HttpContext context, Doorkeeper doors)
    {
        if (body.Value is not { } wanted) return Nonsense(body.Wrong);
        if (!tokens.Knows(wanted.Token, browser: null, out var owner)) return new Problem(Reason.NotSignedIn, wanted.Name);
        var request = new JoinRequest(code, wanted.Name, wanted.Seat, Owner: owner);
        return doors.Join(Network.Of(context), request).Granted(out var joined, out var refusal)
            ? TypedResults.Created((string?)null, JoinAnswer.To(joined))
            : new Problem(refusal, wanted.Name);
    }

    [EndpointSummary("Reads what came after a place, or what a newcomer is shown; waits for it where there is nothing yet.")]
    private static async Task<Results<Ok<EventsAnswer>, Problem>> ReadAsync(
        string code, long? after, [Range(0, LongestWait)] int? wait, Bearer bearer,
        HttpContext context, Doorkeeper doors, IHostApplicationLifetime lifetime)
    {
        if (!MemberOf(doors, context, code, bearer).Granted(out var member, out var refusal)) return new Problem(refusal);
        if (after < 0 || wait is < 0 or > LongestWait) return new Problem(Reason.BadRequest, member.Name.Shown);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var outcome = await member.Room.ReadAsync(member, after, TimeSpan.FromSeconds(wait ?? 0), over.Token);
        if (!outcome.Granted(out var excerpt, out refusal)) return new Problem(refusal, member.Name.Shown);
        if (excerpt.Events.Count == 0 && lifetime.ApplicationStopping.IsCancellationRequested) return new Problem(Reason.Stopping);
        return TypedResults.Ok(new EventsAnswer(excerpt.Events, excerpt.Seq, member.Room.Epoch, excerpt.Gap ? true : null));
    }

    [EndpointSummary("Writes a message.")]
    private static Results<Created<SendAnswer>, Problem> Post(
        string code, Body<SendRequest> body, Bearer bearer, HttpContext context, Doorkeeper doors)
    {
        if (!MemberOf(doors, context, code, bearer).Granted(out var member, out var refusal)) return new Problem(refusal);
        if (body.Value is not { } message) return Nonsense(body.Wrong, member.Name.Shown);
        return member.Room.Post(member, message.Text, message.Id).Granted(out var seq, out refusal)
            ? TypedResults.Created((string?)null, new SendAnswer(seq))
            : new Problem(refusal, member.Name.Shown);
    }

    [EndpointSummary("Leaves a room.")]
    private static Results<NoContent, Problem> Leave(string code, Bearer bearer, HttpContext context, Doorkeeper doors) =>
        MemberOf(doors, context, code, bearer).Granted(out var member, out var refusal) && member.Room.Leave(member).Granted(out _, out refusal)
            ? TypedResults.NoContent()
            : new Problem(refusal);

    private static Outcome<Member> MemberOf(Doorkeeper doors, HttpContext context, string code, Bearer bearer) =>
        doors.Recognize(Network.Of(context), code, bearer.Token);

    private static Problem Nonsense(int? status, string? name = null) => new(Reason.BadRequest, name, status);
}
