using System.Diagnostics;
using System.Text.Json;
using RoomChat.Tests.Architecture;

namespace RoomChat.Tests.Support;

/// <summary>The fold of the page itself, run by Node.</summary>
internal sealed class PageFold : IDisposable
{
    private readonly Process _node = Process.Start(new ProcessStartInfo(
        "node", [Path.Combine(SourceFiles.Root, "tests/page/fold.js")])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>The messages that a page shows after these actions, by seq.</summary>
    public SortedDictionary<long, JsonElement> Messages(string actions)
    {
        _node.StandardInput.WriteLine(actions);
        _node.StandardInput.Flush();
        var shown = JsonDocument.Parse(_node.StandardOutput.ReadLine()!).RootElement;
        return new(shown.EnumerateArray().ToDictionary(message => message.GetProperty("seq").GetInt64()));
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }
}
