using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Web;

/// <summary>A certificate by the settings of Kestrel.</summary>
public sealed class HttpsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("roomchat-https-");
    private readonly X509Certificate2 _certificate = SelfMadeCertificate.Create("chat.example.org");
    private readonly string _chain, _key;

    public HttpsTests()
    {
        (_chain, _key) = (Path.Combine(_folder.FullName, "chat.pem"), Path.Combine(_folder.FullName, "chat.key"));
        File.WriteAllText(_chain, _certificate.ExportCertificatePem());
        File.WriteAllText(_key, _certificate.ExportKeyPem());
    }

    [Fact]
    public async Task PagesAndTheHubAreThereOverHttpsAndBrowsersAreToldToStayOnIt()
    {
        using var server = await ServerProcess.AtAsync(
            new Uri($"https://127.0.0.1:{ServerProcess.FreeAddress().Port}"), "--RoomChat:Hosts=chat.example.org",
            $"--Kestrel:Certificates:Default:Path={_chain}", $"--Kestrel:Certificates:Default:KeyPath={_key}");
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => IsOurs(presented);
        using var http = new HttpClient(handler) { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Host = "chat.example.org";
        var cancellation = TestContext.Current.CancellationToken;

        var page = await http.GetAsync("/", cancellation).Soon();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, presented, _, _) => IsOurs(presented);
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "wss", Path = "/hub" }.Uri, cancellation)
            .Soon();
        await socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true,
            cancellation);
        var answer = new byte[16];
        var received = await socket.ReceiveAsync(answer, cancellation).Soon();
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(answer, 0, received.Count));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    private bool IsOurs(X509Certificate? presented) => presented!.GetCertHashString() == _certificate.Thumbprint;
}
