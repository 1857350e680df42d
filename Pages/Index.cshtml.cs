using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Pages;

/// <summary>The name is only validated here: it stays in the browser tab.</summary>
public sealed class IndexModel(
    RateLimitedLobby lobby, NameRules names, Sessions sessions, DirectChats directChats,
    IReservedNames reservedNames, VisitedRooms visitedRooms, Words words) : PageModel
{
    private const int MostRooms = 8;

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? With { get; set; }

    [BindProperty] public bool Sealed { get; set; }

    public Name? Account { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if ((await sessions.RecognizeAsync(User)).TryGet(out var session, out var refusal))
            Account = session.Account.Name;
        if (refusal?.Reason == Reason.Unavailable) context.Result = this.Refuse(refusal, nameof(Name));
        else await next();
    }

    public async ValueTask<IReadOnlyList<DirectChat>> DirectChatsAsync() =>
        Account is { } account ? await directChats.OfAsync(account) : [];

    public async Task<IActionResult> OnGetDirectsAsync()
    {
        if (Account is null) return StatusCode(StatusCodes.Status204NoContent);
        var chats = await DirectChatsAsync();
        return new JsonResult(
            from chat in chats
            let description = words.Describe(chat)
            select new { chat.Room, chat.With, Words = description, chat.Unread, New = words.DescribeUnread(chat) });
    }

    /// <summary>Of rooms that a browser remembers: how many are there, or null where the room is gone.</summary>
    public async Task<IActionResult> OnGetRoomsAsync([FromQuery(Name = "proof")] string?[] proofs)
    {
        var members = new List<int?>();
        foreach (var proof in proofs.Take(MostRooms)) members.Add(await visitedRooms.MembersAsync(proof));
        return new JsonResult(members);
    }

    public async Task<IActionResult> OnPostCreateAsync()
    {
        if (Account is null && string.IsNullOrWhiteSpace(Name))
            return Invalid(nameof(Name), words["home.nameMissing"]);
        return await WhyNotNameAsync() is { } refusal
            ? this.Refuse(refusal, nameof(Name), Name)
            : Enter(await lobby.CreateAsync(ClientNetwork.Of(HttpContext), Sealed), nameof(Name));
    }

    public async Task<IActionResult> OnPostJoinAsync()
    {
        if (!TypedCode.TryParse(Code, out var code))
            return Invalid(nameof(Code), words["home.codeInvalid"]);
        return IsNameInvalid
            ? this.Refuse(Reason.NameInvalid, nameof(Name), Name)
            : Enter(
                WhereOpen(await lobby.FindAsync(ClientNetwork.Of(HttpContext), $"{code}", Account)), nameof(Code));
    }

    /// <summary>Said before a name is asked for. An account may be in the room already.</summary>
    private Outcome<Room> WhereOpen(Outcome<Room> found) =>
        found.TryGet(out var room, out _) && room.Info.Locked == true && Account is null ? Reason.RoomLocked : found;

    public async Task<IActionResult> OnPostChatAsync() =>
        Account is null
            ? RedirectToPage("/Account/SignIn")
            : Enter(await directChats.OpenAsync(Account, With ?? "", ClientNetwork.Of(HttpContext)), nameof(With));

    /// <summary>Said before there is a room, which nobody would enter.</summary>
    private async ValueTask<Refusal?> WhyNotNameAsync()
    {
        if (Account is not null) return null;
        if (!names.TryParse(Name, out var name)) return Reason.NameInvalid;
        var reserved = await reservedNames.IsReservedAsync(name);
        if (!reserved.TryGet(out var isReserved, out var refusal)) return refusal;
        return isReserved ? Reason.NameReserved : null;
    }

    private bool IsNameInvalid =>
        !string.IsNullOrWhiteSpace(Name) && !names.TryParse(Name, out _);

    private IActionResult Enter(Outcome<Room> outcome, string field) =>
        outcome.TryGet(out var room, out var refusal)
            ? RedirectToPage("/Room", new { code = room.Code.ToString() })
            : this.Refuse(refusal, field, Name ?? Account?.Shown);

    private PageResult Invalid(string field, string message)
    {
        ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
