using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Accounts;
using RoomChat.Rooms;

namespace RoomChat.Pages.Account;

public abstract class CredentialsModel : PageModel
{
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty(SupportsGet = true)] public string? Return { get; set; }

    protected async Task<IActionResult> SignInAsync(Outcome<Accounts.Account> outcome, Sessions sessions)
    {
        if (!outcome.TryGet(out var account, out var refusal)
            || !(await sessions.BeginAsync(account, SessionKind.Browser)).TryGet(out var session, out refusal))
            return RefuseCredentials(refusal);
        if ((await sessions.RecognizeAsync(User)).TryGet(out var former, out _)) await sessions.SignOutAsync(former);
        await HttpContext.SignInAsync(SessionClaims.Of(session).ToPrincipal());
        return Url.IsLocalUrl(Return) ? LocalRedirect(Return) : RedirectToPage("/Index");
    }

    protected PageResult RefuseCredentials(Refusal refusal)
    {
        var field = refusal.Reason is Reason.NameInvalid or Reason.NameTaken ? nameof(Name) : nameof(Password);
        return this.Refuse(refusal, field, Name);
    }
}
