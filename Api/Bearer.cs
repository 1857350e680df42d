using System.Net.Http.Headers;

namespace RoomChat.Api;

/// <summary>The seat that a program shows: "Authorization: Bearer ...".</summary>
internal sealed record Bearer(string? Seat)
{
    public static ValueTask<Bearer> BindAsync(HttpContext context) => ValueTask.FromResult(new Bearer(
        AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var shown)
        && shown.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? shown.Parameter : null));
}
