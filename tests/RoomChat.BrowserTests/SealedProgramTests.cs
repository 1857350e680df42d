using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using RoomChat.BrowserTests.Support;
using RoomChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace RoomChat.BrowserTests;

/// <summary>What the README shows seals and opens as the page does.</summary>
public sealed class SealedProgramTests(Browser browser) : BrowserTest(browser)
{
    [Theory]
    [InlineData("js", "node", "mjs", "Node was here 🎉")]
    [InlineData("python", "python3", "py", "Python was here 🎉")]
    public async Task AProgramReadsThePageAndThePageReadsTheProgram(
        string language, string interpreter, string extension, string said)
    {
        var (ana, link) = await TwoInASealedRoomAsync();
        await ana.SendAsync("höllo, programs");
        await Expect(ana.Pending).ToHaveCountAsync(0);
        var file = Path.ChangeExtension(Path.GetTempFileName(), extension);
        await File.WriteAllTextAsync(
            file, Shown(language) + Read($"Programs/member.{extension}"), TestContext.Current.CancellationToken);
        var address = new Uri(link);
        using var program = Start(
            interpreter, file, $"{Server.Address}", address.Segments[^1], address.Fragment["#k=".Length..]);

        var printed = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).Soon();
        var errors = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).Soon();
        Assert.SkipWhen(errors.Contains("No module named 'cryptography'", StringComparison.Ordinal), errors);
        File.Delete(file);

        Assert.Equal("", errors);
        Assert.Equal("höllo, programs\n", printed);
        await Expect(ana.Texts).ToHaveTextAsync(["höllo, programs", said]);
        await Expect(ana.Quotes).ToContainTextAsync("höllo, programs");
    }

    private static Process Start(string interpreter, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(interpreter, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{interpreter} is not installed.");
            throw;
        }
    }

    private static string Shown(string language)
    {
        var shown = Regex.Match(Read("../../README.md"), $"```{language}\n(.*?)```", RegexOptions.Singleline);
        Assert.True(shown.Success);
        return shown.Groups[1].Value;
    }

    private static string Read(string path) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "../../../", path));
}
