using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

public sealed class SignInModel(Register register, Feed feed, TimeProvider time) : CredentialsModel(feed, time)
{
    public async Task<IActionResult> OnPostAsync() => await EnterAsync(await register.SignInAsync(Name, Password, Network.Of(HttpContext)));
}
