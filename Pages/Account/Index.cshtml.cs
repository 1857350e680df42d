using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

/// <summary>One's own account: change the password, or sign out.</summary>
public sealed class IndexModel(Register register, Feed feed, TimeProvider time) : CredentialsModel(feed, time)
{
    [BindProperty] public string? NewPassword { get; set; }

    public bool IsChanged { get; private set; }

    public IActionResult OnGet() => register.Recognize(User) is { } session ? Shown(session) : ToSignIn();

    public async Task<IActionResult> OnPostAsync()
    {
        if (register.Recognize(User) is not { } session) return ToSignIn();
        Shown(session);
        var outcome = await register.ChangePasswordAsync(session, Password, NewPassword, Network.Of(HttpContext));
        if (!outcome.Granted(out var account, out var refusal)) return Again(refusal, Name);
        await HttpContext.SignInAsync(Ticket.Of(account, session.Id).ToPrincipal());
        IsChanged = true;
        return Page();
    }

    public async Task<IActionResult> OnPostSignOutAsync()
    {
        if (register.Recognize(User) is { } session) register.SignOut(session);
        await HttpContext.SignOutAsync();
        return RedirectToPage("/Index");
    }

    private RedirectToPageResult ToSignIn() => RedirectToPage("SignIn", new { Return = Url.Page("Index") });

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Shown(Session session)
    {
        Name = session.Account.Name.Shown;
        return Page();
    }
}
