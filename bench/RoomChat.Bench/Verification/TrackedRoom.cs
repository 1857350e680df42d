namespace RoomChat.Bench.Verification;

internal sealed class TrackedRoom(string code)
{
    private readonly List<TrackedMember> _members = [];

    public string Code { get; set; } = code;
    public IReadOnlyList<TrackedMember> Members => _members;
    public IEnumerable<TrackedMember> ReadingMembers => _members.Where(member => !member.IsStalled);

    public TrackedMember AddMember(int id)
    {
        var member = new TrackedMember(this, id, _members.Count);
        _members.Add(member);
        return member;
    }
}
