using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

/// <summary>A name and a password, and where to go on with them.</summary>
public abstract class CredentialsModel(Feed feed, TimeProvider time) : PageModel
{
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty(SupportsGet = true)] public string? Return { get; set; }

    protected async Task<IActionResult> EnterAsync(Outcome<Accounts.Account> outcome)
    {
        if (!outcome.Granted(out var account, out var refusal)) return Again(refusal, Name);
        await HttpContext.SignInAsync(Ticket.Of(account).ToPrincipal());
        return Url.IsLocalUrl(Return) ? LocalRedirect(Return) : RedirectToPage("/Index");
    }

    /// <summary>The form once more, with the reason where it belongs.</summary>
    protected PageResult Again(Refusal refusal, string? name)
    {
        feed.Publish(new Refused(time.GetUtcNow(), Room: null, name, refusal));
        ModelState.AddModelError(refusal.Reason is Reason.NameInvalid or Reason.NameTaken ? nameof(Name) : nameof(Password), refusal.Message);
        Response.StatusCode = Problem.StatusOf(refusal.Reason);
        if (refusal.RetryAfter is { } wait) Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Page();
    }
}
