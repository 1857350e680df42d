using System.Net.Http.Headers;

namespace RoomChat.Api;

/// <summary>A seat for the endpoints of a room, an access token elsewhere.</summary>
internal sealed record BearerToken(string? Value)
{
    public static ValueTask<BearerToken> BindAsync(HttpContext context)
    {
        var isBearer = AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
        return ValueTask.FromResult(new BearerToken(isBearer ? header!.Parameter : null));
    }
}
