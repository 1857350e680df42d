using System.Diagnostics;

namespace RoomChat.Tests.Support;

/// <summary>Waiting for the thing itself, never for the time it might take.</summary>
internal static class Wait
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static async Task UntilAsync(Func<bool> holds, string what, TimeSpan? within = null)
    {
        for (var waited = Stopwatch.StartNew(); !holds();)
        {
            Assert.True(waited.Elapsed < (within ?? Timeout), $"Timed out waiting for: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Timeout, TestContext.Current.CancellationToken);

    public static Task Soon(this Task task) => task.WaitAsync(Timeout, TestContext.Current.CancellationToken);
}
