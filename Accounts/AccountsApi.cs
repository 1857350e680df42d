using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Api;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Accounts;

/// <summary>Accounts for programs: what the pages do, with tokens instead of a cookie.</summary>
public static class AccountsApi
{
    private const int LongestBody = 8 << 10;

    public static void MapAccountsApi(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<AccountSettings>().Enabled) return;
        app.Services.GetRequiredService<Register>().Over += app.Services.GetRequiredService<Lobby>().Expel;
        var api = app.MapGroup("/api").WithMetadata(new RequestSizeLimitAttribute(LongestBody)).Refuses(Reason.BadRequest, Reason.Stopping);

        api.MapPost("accounts", SignUpAsync).Takes<CredentialsRequest>()
            .Refuses(Reason.NameInvalid, Reason.PasswordInvalid, Reason.NameTaken, Reason.RateLimited, Reason.ServerFull);
        api.MapPost("session", SignInAsync).Takes<CredentialsRequest>().Produces<AccessTokenResponse>()
            .Refuses(Reason.SignInFailed, Reason.RateLimited);
        api.MapPost("session/refresh", Refresh).Takes<RefreshRequest>().Produces<AccessTokenResponse>().Refuses(Reason.NotSignedIn);
        api.MapGet("session", Show).Refuses(Reason.NotSignedIn);
        api.MapDelete("session", SignOut).Refuses(Reason.NotSignedIn);
        api.MapPost("direct", OpenDirect).Takes<DirectRequest>().Refuses(Reason.NotSignedIn, Reason.AccountNotFound, Reason.ServerFull, Reason.RateLimited);
        api.MapGet("direct", ListDirect).Refuses(Reason.NotSignedIn);
    }

    [EndpointSummary("Makes an account.")]
    private static async Task<Results<Created<AccountAnswer>, Problem>> SignUpAsync(
        Body<CredentialsRequest> body, Register register, HttpContext context)
    {
        if (body.Value is not { } wanted) return Nonsense(body.Wrong);
        var outcome = await register.SignUpAsync(wanted.Name, wanted.Password, Network.Of(context));
        return outcome.Granted(out var account, out var refusal)
            ? TypedResults.Created((string?)null, new AccountAnswer(account.Name.Shown))
            : new Problem(refusal, wanted.Name);
    }

    [EndpointSummary("Signs in: gives a token for requests, and one to renew it with.")]
    private static async Task<Results<SignInHttpResult, Problem>> SignInAsync(
        Body<CredentialsRequest> body, Register register, HttpContext context)
    {
        if (body.Value is not { } shown) return Nonsense(body.Wrong);
        var outcome = await register.SignInAsync(shown.Name, shown.Password, Network.Of(context));
        return outcome.Granted(out var account, out var refusal) ? Tokens(Ticket.Of(account)) : new Problem(refusal, shown.Name);
    }

    [EndpointSummary("Gives new tokens for a session that goes on.")]
    private static Results<SignInHttpResult, Problem> Refresh(Body<RefreshRequest> body, Tokens tokens)
    {
        if (body.Value is not { RefreshToken: { } token }) return Nonsense(body.Wrong);
        return tokens.Refresh(token) is { } session ? Tokens(Ticket.Of(session.Account, session.Id)) : new Problem(Reason.NotSignedIn);
    }

    [EndpointSummary("Says who is signed in.")]
    private static Results<Ok<AccountAnswer>, Problem> Show(Bearer bearer, Tokens tokens) =>
        tokens.Access(bearer.Token) is { } session
            ? TypedResults.Ok(new AccountAnswer(session.Account.Name.Shown))
            : new Problem(Reason.NotSignedIn);

    [EndpointSummary("Signs out: none of the session's tokens is good any more.")]
    private static Results<NoContent, Problem> SignOut(Bearer bearer, Tokens tokens, Register register)
    {
        if (tokens.Access(bearer.Token) is not { } session) return new Problem(Reason.NotSignedIn);
        register.SignOut(session);
        return TypedResults.NoContent();
    }

    [EndpointSummary("Opens the direct chat with another account.")]
    private static Results<Ok<RoomAnswer>, Problem> OpenDirect(
        Body<DirectRequest> body, Bearer bearer, Tokens tokens, Directs directs, HttpContext context)
    {
        if (body.Value is not { } wanted) return Nonsense(body.Wrong);
        var account = tokens.Access(bearer.Token)?.Account.Name;
        return directs.Open(account, wanted.With, Network.Of(context)).Granted(out var room, out var refusal)
            ? TypedResults.Ok(RoomAnswer.Of(room, context.Request))
            : new Problem(refusal, account?.Shown);
    }

    [EndpointSummary("Lists the direct chats that live.")]
    private static Results<Ok<DirectsAnswer>, Problem> ListDirect(Bearer bearer, Tokens tokens, Directs directs) =>
        tokens.Access(bearer.Token) is { } session
            ? TypedResults.Ok(new DirectsAnswer(directs.Of(session.Account.Name)))
            : new Problem(Reason.NotSignedIn);

    private static SignInHttpResult Tokens(Ticket ticket) =>
        TypedResults.SignIn(ticket.ToPrincipal(), authenticationScheme: BearerTokenDefaults.AuthenticationScheme);

    private static Problem Nonsense(int? status) => new(Reason.BadRequest, status: status);
}

internal sealed record CredentialsRequest(string? Name = null, string? Password = null);
internal sealed record RefreshRequest(string? RefreshToken = null);
internal sealed record DirectRequest(string? With = null);
internal sealed record AccountAnswer(string Name);
internal sealed record DirectsAnswer(IReadOnlyList<DirectState> Chats);
