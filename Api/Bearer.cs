using System.Net.Http.Headers;

namespace RoomChat.Api;

/// <summary>What a program shows: "Authorization: Bearer ...". To a room it is a seat, elsewhere the token of an account.</summary>
internal sealed record Bearer(string? Token)
{
    public static ValueTask<Bearer> BindAsync(HttpContext context) => ValueTask.FromResult(new Bearer(
        AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var shown)
        && shown.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? shown.Parameter : null));
}
