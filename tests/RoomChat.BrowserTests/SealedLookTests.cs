using RoomChat.BrowserTests.Support;

namespace RoomChat.BrowserTests;

public sealed class SealedLookTests(Browser browser) : PageStateTest(browser)
{
    [Theory]
    [InlineData("sealed")]
    [InlineData("sealed room menu")]
    [InlineData("asked for the link")]
    [InlineData("link without a key")]
    [InlineData("not opened")]
    public async Task ItFitsAt320Pixels(string state)
    {
        var window = await OpenStateAsync(state);

        await window.Page.SetViewportSizeAsync(320, 568);

        await window.AssertFitsAsync();
    }
}
