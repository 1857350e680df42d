using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

public sealed class IndexModel(Authenticator authenticator, Sessions sessions) : CredentialsModel
{
    [BindProperty] public string? NewPassword { get; set; }

    public bool IsChanged { get; private set; }

    public IActionResult OnGet()
    {
        if (sessions.Recognize(User) is not { } session) return RedirectToSignIn();
        Name = session.Account.Name.Shown;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (sessions.Recognize(User) is not { } session) return RedirectToSignIn();
        Name = session.Account.Name.Shown;
        var outcome = await authenticator.ChangePasswordAsync(
            session, Password, NewPassword, ClientNetwork.Of(HttpContext));
        if (!outcome.TryGet(out _, out var refusal)) return RefuseCredentials(refusal);
        await HttpContext.SignInAsync(SessionClaims.Continue(session).ToPrincipal());
        IsChanged = true;
        return Page();
    }

    public async Task<IActionResult> OnPostSignOutAsync()
    {
        if (sessions.Recognize(User) is { } session) sessions.SignOut(session);
        await HttpContext.SignOutAsync();
        return RedirectToPage("/Index");
    }

    private RedirectToPageResult RedirectToSignIn() => RedirectToPage("SignIn", new { Return = Url.Page("Index") });
}
