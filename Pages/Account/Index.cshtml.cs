using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

public sealed class IndexModel(Authenticator authenticator, Sessions sessions) : SignedInModel
{
    [BindProperty] public string? NewPassword { get; set; }

    public bool IsChanged { get; private set; }

    public IReadOnlyList<(string Id, SessionRecord Record)> Sessions =>
        Current is null ? [] : sessions.AllOf(Current);

    public async Task<IActionResult> OnGetAsync() =>
        (await RecognizeAsync(sessions)).TryGet(out _, out var refusal) ? Page() : RefuseSession(refusal);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!(await RecognizeAsync(sessions)).TryGet(out var session, out var refusal)) return RefuseSession(refusal);
        var outcome = await authenticator.ChangePasswordAsync(
            session, Password, NewPassword, ClientNetwork.Of(HttpContext));
        if (!outcome.TryGet(out var account, out refusal)) return RefuseCredentials(refusal);
        await HttpContext.SignInAsync(SessionClaims.Of(session).ToPrincipal());
        (Current, IsChanged) = (session with { Account = account }, true);
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(string? id)
    {
        if (!(await RecognizeAsync(sessions)).TryGet(out var session, out var refusal)) return RefuseSession(refusal);
        var outcome = await sessions.EndAsync(session, id);
        if (!outcome.TryGet(out _, out refusal) && refusal.Reason != Reason.SessionNotFound)
            return RefuseCredentials(refusal);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostSignOutAsync()
    {
        if ((await RecognizeAsync(sessions)).TryGet(out var session, out var refusal))
            (await sessions.SignOutAsync(session)).TryGet(out _, out refusal);
        if (refusal?.Reason == Reason.Unavailable) return RefuseSession(refusal);
        await HttpContext.SignOutAsync();
        return RedirectToPage("/Index");
    }
}
