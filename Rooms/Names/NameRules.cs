using System.Diagnostics.CodeAnalysis;

namespace RoomChat.Rooms;

/// <summary>Which names can be taken here.</summary>
public sealed class NameRules(Limits limits, NoticeWords? notices = null)
{
    public bool TryParse(string? typed, [NotNullWhen(true)] out Name? name)
    {
        if (Name.TryParse(typed, limits.NameLength, out name) && notices?.Claim(name) != true) return true;
        name = null;
        return false;
    }

    /// <summary>Also of a name that can no longer be taken.</summary>
    public bool TryRead(string? typed, [NotNullWhen(true)] out Name? name) =>
        Name.TryRead(typed, limits.NameLength, out name);
}
