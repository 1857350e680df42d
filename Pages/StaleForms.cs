using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;
using RoomChat.Web;

namespace RoomChat.Pages;

/// <summary>Redisplays a form whose antiforgery token predates a restart. One without a token is refused.</summary>
public sealed class StaleForms(IOptions<AntiforgeryOptions> options, RefusalReporter refusals) : IAlwaysRunResultFilter
{
    public const string ReloadedQuery = "again";

    public void OnResultExecuting(ResultExecutingContext context)
    {
        var request = context.HttpContext.Request;
        if (context.Result is not IAntiforgeryValidationFailedResult) return;
        if (!request.HasFormContentType || !request.Form.ContainsKey(options.Value.FormFieldName))
        {
            refusals.ReportBlocked(ClientNetwork.Of(context.HttpContext), "form-without-token");
            return;
        }
        var query = new QueryBuilder(request.Query.Where(part => part.Key is not ("handler" or ReloadedQuery)))
        {
            { ReloadedQuery, "" },
        };
        context.Result = new LocalRedirectResult($"{request.PathBase}{request.Path}{query}");
    }

    public void OnResultExecuted(ResultExecutedContext context) { }
}
