using System.Text;

namespace RoomChat.Fuzz.OverTheWire;

/// <summary>Records that a client would send, changed a little; now and then so much that they are no JSON.</summary>
internal sealed class RecordMutator(string room, Random random)
{
    private const byte End = 0x1e;
    private const int DamagedOneIn = 60, PassphraseOneIn = 200;

    private static readonly string[] Calls =
    [
        "\"CreateRoom\",\"arguments\":[{\"sealed\":false}]", "\"CreateRoom\",\"arguments\":[]",
        "\"ReopenRoom\",\"arguments\":[{\"room\":\"CODE\"}]",
        "\"JoinRoom\",\"arguments\":[{\"room\":\"ROOM\",\"name\":\"NAME\"}]",
        "\"JoinRoom\",\"arguments\":[{\"room\":\"ROOM\",\"name\":\"NAME\",\"seat\":\"s\",\"epoch\":\"e\",\"after\":5}]",
        "\"SendMessage\",\"arguments\":[{\"text\":\"TEXT\"}]",
        "\"SendMessage\",\"arguments\":[{\"text\":\"TEXT\",\"id\":\"ID\",\"replyTo\":3}]",
        "\"EditMessage\",\"arguments\":[{\"seq\":12,\"text\":\"TEXT\"}]",
        "\"RemoveMessage\",\"arguments\":[{\"seq\":12}]",
        "\"React\",\"arguments\":[{\"seq\":12,\"mark\":\"👍\",\"on\":true}]",
        "\"Seen\",\"arguments\":[{\"seq\":12}]", "\"Typing\",\"arguments\":[]", "\"Away\",\"arguments\":[]",
        "\"LeaveRoom\",\"arguments\":[]", "\"Rename\",\"arguments\":[{\"name\":\"NAME\"}]",
        "\"LockRoom\",\"arguments\":[{\"locked\":true}]", "\"NameRoom\",\"arguments\":[{\"title\":\"TEXT\"}]",
        "\"EndRoom\",\"arguments\":[{\"inSeconds\":60}]", "\"RemoveMember\",\"arguments\":[{\"who\":2}]",
        "\"PassOwnership\",\"arguments\":[{\"who\":2}]", "\"CloseRoom\",\"arguments\":[]",
        "\"OpenDirect\",\"arguments\":[{\"with\":\"NAME\",\"token\":\"t\"}]", "\"Nothing\",\"arguments\":[1,{}]",
    ];

    private static readonly string[] Others =
    [
        """{"type":6}""", """{"type":6,"a":[{}]}""", """{"type":2,"invocationId":"1","item":{}}""",
        """{"type":3,"invocationId":"1","result":1}""", """{"type":3,"invocationId":"1","error":"e"}""",
        """{"type":4,"invocationId":"1","target":"JoinRoom","arguments":[null],"streamIds":["1"]}""",
        """{"type":5,"invocationId":"1"}""", """{"type":8,"sequenceId":1}""", """{"type":9,"sequenceId":1}""",
        """{"type":99}""", """{"protocol":"json","version":1}""",
        """{"type":1,"target":"SetPassphrase","arguments":[{"passphrase":null}]}""",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e9", "1e999", "-9223372036854775809", "99999999999999999999999999999999", "0.1",
        "\"\"", "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"\\u0000\"", "\"\\u202e\"", "\"\u202e\"", "\"ROOM\"", "[]", "{}",
        "[[[[[[[[]]]]]]]]", "{\"text\":{\"text\":{}}}", "\"bօ\"", "\"ana ◆\"", "\"👍\"", "12", "\"__proto__\"",
    ];

    /// <summary>Where it is damaged, the server may close the connection.</summary>
    public byte[] Next(out bool isDamaged)
    {
        isDamaged = random.Next(DamagedOneIn) == 0;
        var record = Encoding.UTF8.GetBytes(random.Next(20) switch
        {
            0 => Others[random.Next(Others.Length)],
            1 => Nested(),
            _ => Call(),
        });
        return [.. isDamaged ? Damage(record) : record, End];
    }

    private string Call()
    {
        var call = Calls[random.Next(Calls.Length)];
        if (random.Next(PassphraseOneIn) == 0) call = "\"SetPassphrase\",\"arguments\":[{\"passphrase\":\"TEXT\"}]";
        if (random.Next(4) == 0) call = WithOtherValue(call);
        if (random.Next(30) == 0) call = call.Insert(1, new string('x', random.Next(3_000)));
        var id = random.Next(2) == 0 ? $"\"invocationId\":\"{random.Next(99)}\"," : "";
        return $$"""{"type":1,{{id}}"target":{{Fill(call)}}}""";
    }

    /// <summary>In the place of one that is there.</summary>
    private string WithOtherValue(string call)
    {
        var colons = Enumerable.Range(0, call.Length).Where(i => call[i] is ':' or '[').ToArray();
        var start = colons[random.Next(colons.Length)] + 1;
        var end = start;
        while (end < call.Length && call[end] is not (',' or '}' or ']')) end++;
        var value = Values[random.Next(Values.Length)];
        return call[start..end].Contains('{', StringComparison.Ordinal) ? call : call[..start] + value + call[end..];
    }

    private string Fill(string call) => call
        .Replace("ROOM", room, StringComparison.Ordinal)
        .Replace("CODE", $"{random.Next(100_000, 999_999)}", StringComparison.Ordinal)
        .Replace("NAME", $"n{random.Next(300)}", StringComparison.Ordinal)
        .Replace("TEXT", random.Next(50) == 0 ? new string('é', random.Next(800)) : $"hello {random.Next()}",
            StringComparison.Ordinal)
        .Replace("\"ID\"", $"\"{random.Next(1_000)}\"", StringComparison.Ordinal);

    private string Nested()
    {
        var depth = random.Next(1, 60);
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"text\":", "}");
        var inner = $"{Repeat(open)}1{Repeat(close)}";
        return $$"""{"type":1,"target":"SendMessage","arguments":[{{inner}}]}""";

        string Repeat(string part) => string.Concat(Enumerable.Repeat(part, depth));
    }

    private byte[] Damage(byte[] record)
    {
        var at = random.Next(record.Length);
        switch (random.Next(5))
        {
            case 0:
                return record[..at];
            case 1:
                record[at] = (byte)random.Next(256);
                return record;
            case 2:
                return [.. record[at..], .. record[..at]];
            case 3:
                return [.. record[..at], 0, .. record[at..]];
            default:
                return [.. record[..at], .. Encoding.UTF8.GetBytes(new string('[', random.Next(40_000)))];
        }
    }
}
