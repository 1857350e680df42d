namespace RoomChat.Web;

public static class SecurityHeaders
{
    private static string Policy(string importMap) =>
        $"default-src 'none'; script-src 'self' {importMap}; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
        "base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Pages run our own scripts and nothing else.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        var policy = new Lazy<string>(() => Policy(app.ApplicationServices.GetRequiredService<ImportMap>().Hash));     // routes are mapped later
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy.Value;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";     // codes must not leak
            return next(context);
        });
    }
}
