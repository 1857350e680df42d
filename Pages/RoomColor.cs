using RoomChat.Rooms;

namespace RoomChat.Pages;

/// <summary>A room is told apart from others by the hue of its accents and its icon.</summary>
internal static class RoomColor
{
    /// <summary>None near the red of errors, nor of those that are muddy where they are dark enough to read.</summary>
    private static readonly int[] Hues = [52, 130, 150, 170, 198, 224, 246, 266, 288, 310, 332, 355];

    public static int HueOf(Code code)
    {
        var hash = 2_166_136_261u;
        foreach (var character in code.ToString()) hash = unchecked((hash ^ character) * 16_777_619);
        return Hues[hash % (uint)Hues.Length];
    }

    public static string IconOf(Code code, int unread) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
          <rect width="32" height="32" rx="8" fill="oklch(0.46 0.1 {HueOf(code)})"/>
          <path d="M8 9h16v11H15l-5 4v-4H8z" fill="#fff"/>
          {CountOf(unread)}
        </svg>
        """;

    private static string CountOf(int unread) => unread <= 0 ? "" : $"""
        <circle cx="22" cy="22" r="10" fill="#c62828"/>
        <text x="22" y="27" font-family="sans-serif" font-size="14" font-weight="700" text-anchor="middle" fill="#fff">
          {(unread < 10 ? unread : "9+")}
        </text>
        """;
}
