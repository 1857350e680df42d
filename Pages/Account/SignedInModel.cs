using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Rooms;

namespace RoomChat.Pages.Account;

/// <summary>A page for those who are signed in.</summary>
public abstract class SignedInModel : CredentialsModel
{
    public Session? Current { get; protected set; }

    protected async ValueTask<Outcome<Session>> RecognizeAsync(Sessions sessions)
    {
        var outcome = await sessions.RecognizeAsync(User);
        if (outcome.TryGet(out var session, out _)) (Current, Name) = (session, session.Account.Name.Shown);
        return outcome;
    }

    protected IActionResult RefuseSession(Refusal refusal) =>
        refusal.Reason == Reason.NotSignedIn
            ? RedirectToPage("SignIn", new { Return = Url.Page("Index") })
            : RefuseCredentials(refusal);
}
