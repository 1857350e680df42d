using System.Diagnostics;
using System.Text.Json;
using RoomChat.Tests.Architecture;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Pages;

/// <summary>The page draws the same QR codes as another library.</summary>
public sealed class QrCodeTests : IDisposable
{
    private readonly Process _node = Process.Start(new ProcessStartInfo(
        "node", [Path.Combine(SourceFiles.Root, "tests/page/qr-rows.js")])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>As many bytes as the versions 1 to 15 hold.</summary>
    private const int MostBytes = 412;

    [Fact]
    public void LinksOfEveryLengthAreDrawn()
    {
        const string address = "https://rooms.example/r/K7M2QX#k=";
        foreach (var length in Enumerable.Range(1, MostBytes))
            AssertSame((address + string.Concat(Enumerable.Repeat("aZ09_-bC", 50)))[..length]);
    }

    [Fact]
    public void TextsOfOtherScriptsAreDrawn()
    {
        string[] characters = ["é", "日", "😀", "ش", "x"];
        var text = "";
        for (var i = 0; System.Text.Encoding.UTF8.GetByteCount(text) < MostBytes - 4; i++)
            AssertSame(text += characters[i % characters.Length]);
    }

    [Theory]
    [InlineData("777")]
    [InlineData("EEEEEEEEEE")]
    [InlineData("SSSSSSSSSSSS")]
    public void WhereTheShareOfDarkModulesDecidesTheMaskIsTheSame(string text) => AssertSame(text);

    private void AssertSame(string text)
    {
        _node.StandardInput.WriteLine(JsonSerializer.Serialize(text));
        _node.StandardInput.Flush();
        var rows = JsonSerializer.Deserialize<string[]>(_node.StandardOutput.ReadLine()!);
        Assert.True(QrCode.RowsOf(text).SequenceEqual(rows!), text);
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }
}
