using Microsoft.Playwright;
using RoomChat.Tests.Support;

namespace RoomChat.BrowserTests.Support;

/// <summary>Every text that an element has shown since the start, however briefly.</summary>
internal sealed class RecordedTexts
{
    private readonly IJSHandle _texts;

    private RecordedTexts(IJSHandle texts) => _texts = texts;

    public static async Task<RecordedTexts> StartAsync(ILocator element) =>
        new(await element.EvaluateHandleAsync("""
            (element) => {
              const texts = [];
              const record = () => texts.push(element.textContent);
              new MutationObserver(record).observe(element, { childList: true, characterData: true, subtree: true });
              return texts;
            }
            """));

    public Task<string[]> AllAsync() => _texts.EvaluateAsync<string[]>("(texts) => texts");

    public Task WaitForAsync(string part) => Wait.UntilAsync(
        async () => (await AllAsync()).Any(text => text.Contains(part, StringComparison.Ordinal)), $"\"{part}\"");
}
