namespace RoomChat.Start;

public static class Sockets
{
    /// <summary>
    /// What arrives is handled by the thread that hears of it, there is one for each core, and no other is woken: a fifth of what a delivery costs.
    /// Whatever takes long must go elsewhere, as passwords do. The runtime reads this from the environment only.
    /// </summary>
    public static void HandleInline() => Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
}
