namespace RoomChat.Bench.Checking;

/// <summary>Who should hear whom.</summary>
internal sealed class Room(string code)
{
    private readonly List<Member> _members = [];

    public string Code { get; set; } = code;
    public IReadOnlyList<Member> Members => _members;
    public IEnumerable<Member> Hearing => _members.Where(member => !member.NeverReads);

    public Member Add(int number)
    {
        var member = new Member(this, number, _members.Count);
        _members.Add(member);
        return member;
    }
}
