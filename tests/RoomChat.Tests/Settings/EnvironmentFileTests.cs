using RoomChat.Tests.Support;

namespace RoomChat.Tests.Settings;

/// <summary>A file .env where the server is started.</summary>
public sealed class EnvironmentFileTests : IDisposable
{
    private const string Example = """
        # what people set first
        RoomChat__Limits__NameLength="7"
        RoomChat__Limits__MessageLength = 77
        RoomChat__Limits__History=0
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("roomchat-env-");

    [Fact]
    public async Task ItIsReadAndTheEnvironmentAndTheCommandLineWin()
    {
        await WriteAsync(Example);
        using var refused = ServerProcess.RunIn(_folder.FullName);
        Assert.Equal(1, await refused.WaitForExitAsync());
        Assert.Contains("RoomChat:Limits:History is 0", Assert.Single(refused.Errors), StringComparison.Ordinal);

        using var server = ServerProcess.RunIn(
            _folder.FullName, "--urls=http://127.0.0.1:0", "RoomChat__Limits__History=5",
            "--RoomChat:Limits:MessageLength=3");
        await server.WaitForOutputAsync("RoomChat is at");
        using var program = await ApiClient.OfAsync(server.Address);
        var room = await program.CreateRoomAsync();

        var tooLong = await program.PostAsync($"/api/rooms/{room}/members", new { name = "eight888" });
        Assert.Equal("name-invalid", tooLong.Code);
        await program.JoinAsync(room, "seven77");
        var four = await program.PostAsync($"/api/rooms/{room}/messages", new { text = "four" }, program.Seat);
        Assert.Equal("text-too-long", four.Code);
    }

    [Fact]
    public async Task TheExampleStartsAServerAsItStands()
    {
        var example = Path.Combine(AppContext.BaseDirectory, "../../../../../.env.example");
        await WriteAsync(await File.ReadAllTextAsync(example, TestContext.Current.CancellationToken));

        using var server = ServerProcess.RunIn(_folder.FullName, "--urls=http://127.0.0.1:0");

        await server.WaitForOutputAsync("RoomChat is at");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task WriteAsync(string text) => File.WriteAllTextAsync(
        Path.Combine(_folder.FullName, ".env"), text, TestContext.Current.CancellationToken);
}
