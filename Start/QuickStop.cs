namespace RoomChat.Start;

public static class QuickStop
{
    /// <summary>Members have been told by then; whoever still holds a connection is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddQuickStop(this IServiceCollection services) =>
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
}
