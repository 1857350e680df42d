using Microsoft.AspNetCore.Mvc;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages.Account;

public sealed class SignUpModel(Register register, Feed feed, TimeProvider time) : CredentialsModel(feed, time)
{
    public async Task<IActionResult> OnPostAsync() => await EnterAsync(await register.SignUpAsync(Name, Password, Network.Of(HttpContext)));
}
