using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

public sealed class DeleteModel(Authenticator authenticator, Sessions sessions) : CredentialsModel
{
    public bool IsDeleted { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!(await sessions.RecognizeAsync(User)).TryGet(out var session, out var refusal))
            return RefuseSession(refusal);
        Name = session.Account.Name.Shown;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!(await sessions.RecognizeAsync(User)).TryGet(out var session, out var refusal))
            return RefuseSession(refusal);
        Name = session.Account.Name.Shown;
        var outcome = await authenticator.DeleteAccountAsync(session, Password, ClientNetwork.Of(HttpContext));
        if (!outcome.TryGet(out _, out refusal)) return RefuseCredentials(refusal);
        await HttpContext.SignOutAsync();
        IsDeleted = true;
        return Page();
    }
}
