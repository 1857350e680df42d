using System.Diagnostics;

namespace RoomChat.Tests.Support;

/// <summary>Waits for conditions. The timeout is so generous that only a hang exceeds it.</summary>
internal static class Wait
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static Task UntilAsync(Func<bool> holds, string what, TimeSpan? within = null) =>
        UntilAsync(() => Task.FromResult(holds()), what, within);

    public static async Task UntilAsync(Func<Task<bool>> holds, string what, TimeSpan? within = null)
    {
        for (var waited = Stopwatch.StartNew(); !await holds();)
        {
            Assert.True(waited.Elapsed < (within ?? Timeout), $"Timed out waiting for: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Timeout, TestContext.Current.CancellationToken);

    public static Task Soon(this Task task) => task.WaitAsync(Timeout, TestContext.Current.CancellationToken);
}
