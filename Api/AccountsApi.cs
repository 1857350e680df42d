using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

public static class AccountsApi
{
    private const int MaxBodyBytes = 8 << 10;

    public static void MapAccountsApi(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<AccountSettings>().Enabled) return;
        var api = app.MapGroup("/api").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .Refuses(Reason.BadRequest, Reason.Stopping, Reason.Unavailable);

        api.MapPost("accounts", SignUpAsync).Takes<CredentialsRequest>().Refuses(
            Reason.NameInvalid, Reason.PasswordInvalid, Reason.PasswordCommon, Reason.NameTaken, Reason.RateLimited,
            Reason.ServerFull);
        api.MapDelete("accounts/me", DeleteAccountAsync).Takes<DeletionRequest>()
            .Refuses(Reason.NotSignedIn, Reason.SignInFailed, Reason.RateLimited);
        api.MapPost("session", SignInAsync).Takes<CredentialsRequest>().Produces<AccessTokenResponse>()
            .Refuses(Reason.SignInFailed, Reason.RateLimited);
        api.MapPost("session/refresh", RefreshAsync).Takes<RefreshRequest>().Produces<AccessTokenResponse>()
            .Refuses(Reason.NotSignedIn);
        api.MapGet("session", ShowAsync).Refuses(Reason.NotSignedIn);
        api.MapDelete("session", SignOutAsync).Refuses(Reason.NotSignedIn);
        api.MapGet("sessions", ListSessionsAsync).Refuses(Reason.NotSignedIn);
        api.MapDelete("sessions/{id}", EndSessionAsync).Refuses(Reason.NotSignedIn, Reason.SessionNotFound);
        api.MapPost("direct", OpenDirectAsync).Takes<DirectRequest>().Refuses(
            Reason.NotSignedIn, Reason.AccountNotFound, Reason.ServerFull, Reason.RateLimited);
        api.MapGet("direct", ListDirectAsync).Refuses(Reason.NotSignedIn);
    }

    [EndpointSummary("Creates an account.")]
    private static async Task<Results<Created<AccountAnswer>, ProblemHttpResult>> SignUpAsync(
        RequestBody<CredentialsRequest> body, Authenticator authenticator, HttpContext context)
    {
        if (body.Value is not { } sent) return context.BadBody(body.ErrorStatus);
        var outcome = await authenticator.SignUpAsync(sent.Name, sent.Password, ClientNetwork.Of(context));
        return outcome.TryGet(out var account, out var refusal)
            ? TypedResults.Created((string?)null, new AccountAnswer(account.Name.Shown))
            : context.Problem(refusal, sent.Name);
    }

    [EndpointSummary("Deletes the account that is signed in, which needs its password.")]
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAccountAsync(
        RequestBody<DeletionRequest> body, BearerToken token, SessionTokenReader tokens, Authenticator authenticator,
        HttpContext context)
    {
        if (body.Value is not { } sent) return context.BadBody(body.ErrorStatus);
        if (!(await tokens.ReadAccessTokenAsync(token.Value)).TryGet(out var session, out var refusal))
            return context.Problem(refusal);
        var outcome = await authenticator.DeleteAccountAsync(session, sent.Password, ClientNetwork.Of(context));
        return outcome.TryGet(out _, out refusal)
            ? TypedResults.NoContent()
            : context.Problem(refusal, session.Account.Name.Shown);
    }

    [EndpointSummary("Signs in, and returns an access token and a refresh token.")]
    private static async Task<Results<SignInHttpResult, ProblemHttpResult>> SignInAsync(
        RequestBody<CredentialsRequest> body, Authenticator authenticator, Sessions sessions, HttpContext context)
    {
        if (body.Value is not { } sent) return context.BadBody(body.ErrorStatus);
        var outcome = await authenticator.SignInAsync(sent.Name, sent.Password, ClientNetwork.Of(context));
        return outcome.TryGet(out var account, out var refusal)
            && (await sessions.BeginAsync(account, SessionKind.Program)).TryGet(out var session, out refusal)
            ? TokensFor(session)
            : context.Problem(refusal, sent.Name);
    }

    [EndpointSummary("Renews the tokens of a session. A refresh token that was used before ends it.")]
    private static async Task<Results<SignInHttpResult, ProblemHttpResult>> RefreshAsync(
        RequestBody<RefreshRequest> body, SessionTokenReader tokens, HttpContext context)
    {
        if (body.Value is not { RefreshToken: { } token }) return context.BadBody(body.ErrorStatus);
        return (await tokens.RefreshAsync(token)).TryGet(out var session, out var refusal)
            ? TokensFor(session)
            : context.Problem(refusal);
    }

    [EndpointSummary("Returns the account that is signed in.")]
    private static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> ShowAsync(
        BearerToken token, SessionTokenReader tokens, HttpContext context) =>
        (await tokens.ReadAccessTokenAsync(token.Value)).TryGet(out var session, out var refusal)
            ? TypedResults.Ok(new AccountAnswer(session.Account.Name.Shown))
            : context.Problem(refusal);

    [EndpointSummary("Signs out, and revokes the tokens of the session.")]
    private static async Task<Results<NoContent, ProblemHttpResult>> SignOutAsync(
        BearerToken token, SessionTokenReader tokens, Sessions sessions, HttpContext context) =>
        (await tokens.ReadAccessTokenAsync(token.Value)).TryGet(out var session, out var refusal)
        && (await sessions.SignOutAsync(session)).TryGet(out _, out refusal)
            ? TypedResults.NoContent()
            : context.Problem(refusal);

    [EndpointSummary("Lists the sessions of the account.")]
    private static async Task<Results<Ok<SessionsAnswer>, ProblemHttpResult>> ListSessionsAsync(
        BearerToken token, SessionTokenReader tokens, Sessions sessions, HttpContext context) =>
        (await tokens.ReadAccessTokenAsync(token.Value)).TryGet(out var session, out var refusal)
            ? TypedResults.Ok(SessionsAnswer.Of(sessions, session))
            : context.Problem(refusal);

    [EndpointSummary("Ends a session of the account.")]
    private static async Task<Results<NoContent, ProblemHttpResult>> EndSessionAsync(
        string id, BearerToken token, SessionTokenReader tokens, Sessions sessions, HttpContext context) =>
        (await tokens.ReadAccessTokenAsync(token.Value)).TryGet(out var session, out var refusal)
        && (await sessions.EndAsync(session, id)).TryGet(out _, out refusal)
            ? TypedResults.NoContent()
            : context.Problem(refusal, session?.Account.Name.Shown);

    [EndpointSummary("Opens the direct chat with another account.")]
    private static async Task<Results<Ok<RoomLink>, ProblemHttpResult>> OpenDirectAsync(
        RequestBody<DirectRequest> body, BearerToken token, SessionTokenReader tokens, DirectChats directChats,
        HttpContext context)
    {
        if (body.Value is not { } sent) return context.BadBody(body.ErrorStatus);
        if (!(await tokens.ReadAccessTokenAsync(token.Value)).TryGet(out var session, out var refusal))
            return context.Problem(refusal);
        var account = session.Account.Name;
        var outcome = await directChats.OpenAsync(account, sent.With, ClientNetwork.Of(context));
        return outcome.TryGet(out var room, out refusal)
            ? TypedResults.Ok(RoomLink.To(room, context.Request))
            : context.Problem(refusal, account.Shown);
    }

    [EndpointSummary("Lists the open direct chats.")]
    private static async Task<Results<Ok<DirectChatsAnswer>, ProblemHttpResult>> ListDirectAsync(
        BearerToken token, SessionTokenReader tokens, DirectChats directChats, HttpContext context) =>
        (await tokens.ReadAccessTokenAsync(token.Value)).TryGet(out var session, out var refusal)
            ? TypedResults.Ok(new DirectChatsAnswer(await directChats.OfAsync(session.Account.Name)))
            : context.Problem(refusal);

    private static SignInHttpResult TokensFor(Session session) => TypedResults.SignIn(
        SessionClaims.Of(session).ToPrincipal(), authenticationScheme: BearerTokenDefaults.AuthenticationScheme);
}
