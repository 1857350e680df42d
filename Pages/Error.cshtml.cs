using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace RoomChat.Pages;

/// <summary>Reached by re-execution only, with the method of the original request.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    public string Title { get; private set; } = "";
    public string Explanation { get; private set; } = "";

    public void OnGet(int? status) => Explain(status);

    public void OnPost(int? status) => Explain(status);

    private void Explain(int? status) => (Title, Explanation) = status switch
    {
        StatusCodes.Status400BadRequest => ("That form has expired", "Reload the page and submit it again."),
        StatusCodes.Status404NotFound => ("Page not found", "There is no page at this address."),
        null => ("Something went wrong", "This is the server's fault, not yours. Please try again."),
        _ => ("That did not work", $"The server answered with {status}."),
    };
}
