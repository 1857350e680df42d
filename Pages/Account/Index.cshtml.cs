using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

public sealed class IndexModel(Authenticator authenticator, Sessions sessions) : CredentialsModel
{
    [BindProperty] public string? NewPassword { get; set; }

    public bool IsChanged { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!(await sessions.RecognizeAsync(User)).TryGet(out var session, out var refusal)) return Refuse(refusal);
        Name = session.Account.Name.Shown;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!(await sessions.RecognizeAsync(User)).TryGet(out var session, out var refusal)) return Refuse(refusal);
        Name = session.Account.Name.Shown;
        var outcome = await authenticator.ChangePasswordAsync(
            session, Password, NewPassword, ClientNetwork.Of(HttpContext));
        if (!outcome.TryGet(out _, out refusal)) return RefuseCredentials(refusal);
        await HttpContext.SignInAsync(SessionClaims.Continue(session).ToPrincipal());
        IsChanged = true;
        return Page();
    }

    public async Task<IActionResult> OnPostSignOutAsync()
    {
        if ((await sessions.RecognizeAsync(User)).TryGet(out var session, out var refusal))
        {
            Name = session.Account.Name.Shown;
            (await sessions.SignOutAsync(session)).TryGet(out _, out refusal);
        }
        if (refusal?.Reason == Reason.Unavailable) return Refuse(refusal);
        await HttpContext.SignOutAsync();
        return RedirectToPage("/Index");
    }

    private IActionResult Refuse(Refusal refusal) =>
        refusal.Reason == Reason.NotSignedIn
            ? RedirectToPage("SignIn", new { Return = Url.Page("Index") })
            : RefuseCredentials(refusal);
}
