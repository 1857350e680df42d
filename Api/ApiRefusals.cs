using Microsoft.AspNetCore.Http.HttpResults;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

internal static class ApiRefusals
{
    public static ProblemHttpResult Problem(
        this HttpContext context, Refusal refusal, string? name = null, string? room = null, int? status = null)
    {
        context.Refuse(refusal, name, room, status);
        return Problems.Create(context.Response.StatusCode, refusal.Code, refusal.Message, refusal.RetryAfter);
    }

    public static ProblemHttpResult BadBody(this HttpContext context, int? status, string? name = null) =>
        context.Problem(Reason.BadRequest, name, status: status);
}
