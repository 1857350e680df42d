using System.Net.Http.Headers;

namespace RoomChat.Api;

/// <summary>To a room it is a seat, elsewhere the access token of an account.</summary>
internal sealed record BearerToken(string? Value)
{
    public static ValueTask<BearerToken> BindAsync(HttpContext context)
    {
        var isBearer = AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
        return ValueTask.FromResult(new BearerToken(isBearer ? header!.Parameter : null));
    }
}
