using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace RoomChat.Pages;

/// <summary>Reached by re-execution only, with the method of the original request.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel(Words words) : PageModel
{
    public string Title { get; private set; } = "";
    public string Explanation { get; private set; } = "";

    public void OnGet(int? status) => Explain(status);

    public void OnPost(int? status) => Explain(status);

    private void Explain(int? status) => (Title, Explanation) = status switch
    {
        StatusCodes.Status400BadRequest => (words["error.expiredTitle"], words["error.expired"]),
        StatusCodes.Status404NotFound => (words["error.notFoundTitle"], words["error.notFound"]),
        null => (words["error.serverTitle"], words["error.server"]),
        _ => (words["error.otherTitle"], words.Fill("error.other", "status", status)),
    };
}
