using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

public sealed class DeleteModel(Authenticator authenticator, Sessions sessions) : SignedInModel
{
    public bool IsDeleted { get; private set; }

    public async Task<IActionResult> OnGetAsync() =>
        (await RecognizeAsync(sessions)).TryGet(out _, out var refusal) ? Page() : RefuseSession(refusal);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!(await RecognizeAsync(sessions)).TryGet(out var session, out var refusal)) return RefuseSession(refusal);
        var outcome = await authenticator.DeleteAccountAsync(session, Password, ClientNetwork.Of(HttpContext));
        if (!outcome.TryGet(out _, out refusal)) return RefuseCredentials(refusal);
        await HttpContext.SignOutAsync();
        IsDeleted = true;
        return Page();
    }
}
