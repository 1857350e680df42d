using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace RoomChat.Web;

/// <summary>
/// A form is sealed with keys that may be gone, after a restart say. Whoever sends one that was ours once gets it afresh and is told so;
/// one without a seal stays refused.
/// </summary>
public sealed class StaleForms(IOptions<AntiforgeryOptions> options) : IAlwaysRunResultFilter
{
    public const string Again = "again";

    public void OnResultExecuting(ResultExecutingContext context)
    {
        var request = context.HttpContext.Request;
        if (context.Result is not IAntiforgeryValidationFailedResult || !request.HasFormContentType
            || !request.Form.ContainsKey(options.Value.FormFieldName)) return;
        var kept = request.Query.Where(part => part.Key is not ("handler" or Again));
        context.Result = new LocalRedirectResult($"{request.PathBase}{request.Path}{new QueryBuilder(kept) { { Again, "" } }}");
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
