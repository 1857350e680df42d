using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages;

/// <summary>Create or join. The name stays with the tab: it is checked here and never sent on.</summary>
public sealed class IndexModel(Doorkeeper doors, Limits limits, Register register, Directs directs) : PageModel
{
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? With { get; set; }

    /// <summary>Who is signed in.</summary>
    public Name? Account => register.Recognize(User)?.Account.Name;

    public IReadOnlyList<DirectState> Directs => Account is { } account ? directs.Of(account) : [];

    /// <summary>For the page to look whether somebody has asked.</summary>
    public IActionResult OnGetDirects() => Account is null ? StatusCode(StatusCodes.Status204NoContent) : new JsonResult(Directs.Select(direct => new { direct.Room, direct.With, direct.Words }));

    public IActionResult OnPostCreate()
    {
        if (Account is null && string.IsNullOrWhiteSpace(Name)) ModelState.AddModelError(nameof(Name), "What shall the others call you?");
        CheckName();
        return ModelState.IsValid ? Enter(doors.Create(Network.Of(HttpContext)), nameof(Name)) : Again();
    }

    public IActionResult OnPostJoin()
    {
        CheckName();    // without one, the room asks
        if (!Rooms.Code.TryParse(Code, out _)) ModelState.AddModelError(nameof(Code), "A code is six letters and digits, like K7M2QX.");
        return ModelState.IsValid ? Enter(doors.Find(Network.Of(HttpContext), Code, Account), nameof(Code)) : Again();
    }

    public IActionResult OnPostChat() =>
        Account is null ? RedirectToPage("/Account/SignIn") : Enter(directs.Open(Account, With ?? "", Network.Of(HttpContext)), nameof(With));

    private void CheckName()
    {
        if (!string.IsNullOrWhiteSpace(Name) && !Rooms.Name.TryParse(Name, limits.NameLength, out _))
            ModelState.AddModelError(nameof(Name), new Refusal(Reason.NameInvalid).Message);
    }

    private IActionResult Enter(Outcome<Room> outcome, string field)
    {
        if (outcome.Granted(out var room, out var refusal)) return RedirectToPage("/Room", new { code = room.Code.ToString() });
        ModelState.AddModelError(field, refusal.Message);
        Response.Headers.RetryAfter = Problem.Seconds(refusal);
        return Again(refusal.Reason == Reason.RateLimited ? Problem.StatusOf(refusal.Reason) : StatusCodes.Status400BadRequest);
    }

    private PageResult Again(int status = StatusCodes.Status400BadRequest)
    {
        Response.StatusCode = status;
        return Page();
    }
}
