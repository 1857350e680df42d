using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

public sealed class SignInModel(Authenticator authenticator, Sessions sessions) : CredentialsModel
{
    public async Task<IActionResult> OnPostAsync() =>
        await SignInAsync(
            await authenticator.SignInAsync(Name, Password, ClientNetwork.Of(HttpContext)), sessions);
}
