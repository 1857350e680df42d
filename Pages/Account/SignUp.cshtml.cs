using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

public sealed class SignUpModel(Authenticator authenticator, Sessions sessions) : CredentialsModel
{
    public async Task<IActionResult> OnPostAsync() =>
        await SignInAsync(
            await authenticator.SignUpAsync(Name, Password, ClientNetwork.Of(HttpContext)), sessions);
}
