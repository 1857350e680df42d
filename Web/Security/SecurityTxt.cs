namespace RoomChat.Web;

/// <summary>Where to report a vulnerability (RFC 9116), if whoever runs the server has named a place.</summary>
internal static class SecurityTxt
{
    /// <summary>The server says it anew each time, so that it is never older than the RFC allows.</summary>
    private const int ValidDays = 180;

    public static void MapSecurityTxt(this WebApplication app)
    {
        var contacts = app.Services.GetRequiredService<NetworkSettings>().SecurityContacts;
        if (contacts.Count == 0) return;
        var lines = string.Concat(contacts.Select(contact => $"Contact: {contact}\n"));
        app.MapGet("/.well-known/security.txt", (TimeProvider time) => TypedResults.Text(
                $"{lines}Expires: {time.GetUtcNow().AddDays(ValidDays).UtcDateTime:s}Z\n"))
            .ExcludeFromDescription();
    }
}
