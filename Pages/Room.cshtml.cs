using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages;

/// <summary>The room under a code, however the code was typed into the link.</summary>
public sealed class RoomModel(Doorkeeper doors, Register register) : PageModel
{
    private const int Shown = 20;

    /// <summary>Null where there is no such room.</summary>
    public Code? Code { get; private set; }

    /// <summary>Who is signed in, and comes in by that name.</summary>
    public Name? Account { get; private set; }

    /// <summary>The other one, where it is a direct chat.</summary>
    public Name? With { get; private set; }

    public string Address => Url.PageLink(values: new { code = Code.ToString() })!;

    public string Typed { get; private set; } = "";

    public IActionResult OnGet(string code)
    {
        Typed = code.Length > Shown ? $"{code[..Shown]}…" : code;
        Account = register.Recognize(User)?.Account.Name;
        if (!doors.Find(Network.Of(HttpContext), code, Account).Granted(out var room, out var refusal))
        {
            Response.StatusCode = Problem.StatusOf(refusal.Reason);
            Response.Headers.RetryAfter = Problem.Seconds(refusal);
            // Not told whether there is one; whoever has a seat in it comes back with that.
            if (refusal.Reason == Reason.RateLimited && Rooms.Code.TryParse(code, out var asked)) Code = asked;
            return Page();
        }
        Code = room.Code;
        With = room.Pair?.Other(Account!);
        return code == room.Code.ToString() ? Page() : RedirectToPage(new { code = room.Code.ToString() });
    }

    /// <summary>The link as a picture, for a phone's camera. It tells nobody whether there is such a room.</summary>
    public IActionResult OnGetQrCode(string code)
    {
        if (!Rooms.Code.TryParse(code, out var parsed)) return NotFound();
        Code = parsed;
        using var generator = new QRCodeGenerator();
        using var modules = generator.CreateQrCode(Address, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(modules);
        return Content(picture.GetGraphic(1, "#000", "#fff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute), "image/svg+xml");
    }
}
