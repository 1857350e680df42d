using RoomChat.Accounts;

namespace RoomChat.Pages;

internal static class DirectWords
{
    public static string Describe(this Words words, DirectChat chat) =>
        (IsInvited: chat.With == chat.Asked, IsSomebodyThere: chat.Members > 0) switch
        {
            (true, false) => words["direct.invited"],
            (true, true) => words.Fill("direct.invitedThere", "count", chat.Members),
            (false, false) => words["direct.asked"],
            (false, true) => words.Fill("direct.askedThere", "count", chat.Members),
        };

    public static string DescribeUnread(this Words words, DirectChat chat) =>
        chat.Unread > 0 ? words.Fill("direct.unread", "count", chat.Unread) : "";
}
