using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages;

public sealed class RoomModel(
    RateLimitedLobby lobby, Sessions sessions, NetworkAddress network, VisitedRooms visitedRooms) : PageModel
{
    private const int MaxShownCode = 20;

    public Code? Code { get; private set; }

    public Name? Account { get; private set; }

    public Name? With { get; private set; }

    /// <summary>None where the page does not say whether there is a room: it would tell a guesser.</summary>
    public string? Proof { get; private set; }

    public string Address => LinkOn(host: null);

    /// <summary>Where only this machine can open the address.</summary>
    public string? AddressForOthers => network.For(HttpContext) is { } host ? LinkOn(host) : null;

    public string Typed { get; private set; } = "";

    public bool IsLocked { get; private set; }

    public bool IsSealed { get; private set; }

    public DateTimeOffset? EndsAt { get; private set; }

    /// <param name="code">Model binding turns a blank code into null.</param>
    public async Task<IActionResult> OnGetAsync(string? code)
    {
        Typed = code?.Length > MaxShownCode ? $"{code[..MaxShownCode]}…" : code ?? "";
        var outcome = await FindAsync(code);
        if (!outcome.TryGet(out var room, out var refusal))
        {
            HttpContext.Refuse(refusal, Account?.Shown);
            // Does not reveal whether the room exists; a member can still return with the seat.
            if (refusal.Reason is Reason.RateLimited or Reason.Unavailable
                && Rooms.Code.TryParse(code, out var asked)) Code = asked;
            return Page();
        }
        (Code, IsSealed, Proof) = (room.Code, room.IsSealed, visitedRooms.ProofOf(room.Code));
        With = room.Pair?.OtherThan(Account!);
        var info = room.Info;
        (IsLocked, EndsAt) = (info.Locked == true && Account is null, info.EndsAt);
        return code == room.Code.ToString() ? Page() : RedirectToPage(new { code = room.Code.ToString() });
    }

    private async ValueTask<Outcome<Room>> FindAsync(string? code)
    {
        if ((await sessions.RecognizeAsync(User)).TryGet(out var session, out var refusal))
            Account = session.Account.Name;
        return refusal?.Reason == Reason.Unavailable
            ? refusal
            : await lobby.FindAsync(ClientNetwork.Of(HttpContext), code, Account);
    }

    public IActionResult OnGetIcon(string? code, int unread = 0) => Rooms.Code.TryParse(code, out var parsed)
        ? Content(RoomColor.IconOf(parsed, unread), "image/svg+xml")
        : NotFound();

    private string LinkOn(string? host) => Url.PageLink(values: new { code = Code.ToString() }, host: host)!;
}
