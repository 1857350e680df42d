using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

public static class AccountsSetup
{
    public const string SignInPath = "/account/sign-in";

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<IAccountStore, InMemoryAccountStore>();
        services.AddSingleton<IReservedNames>(provider => provider.GetRequiredService<IAccountStore>());
        services.AddSingleton<Authenticator>().AddSingleton<Sessions>().AddHostedService<AccountExpiry>();
        services.AddSingleton<SessionTokenReader>().AddSingleton<DirectChats>();
        services.AddDataProtectionKeys();

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddBearerToken();
        services.AddAuthorization();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<AccountSettings, Sessions>(ConfigureCookie);
        services.AddOptions<BearerTokenOptions>(BearerTokenDefaults.AuthenticationScheme)
            .Configure<AccountSettings>((tokens, settings) =>
            {
                tokens.BearerTokenExpiration = TimeSpan.FromMinutes(settings.AccessMinutes);
                tokens.RefreshTokenExpiration = TimeSpan.FromMinutes(settings.RefreshMinutes);
            });
        return services;
    }

    private static void ConfigureCookie(
        CookieAuthenticationOptions options, AccountSettings settings, Sessions sessions)
    {
        options.Cookie.Name = nameof(RoomChat);
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(settings.SessionMinutes);
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.Events.OnValidatePrincipal = async context =>
        {
            // Nobody is signed out because it cannot be asked: whoever needs the session is refused then.
            var outcome = await sessions.RecognizeAsync(context.Principal);
            if (!outcome.TryGet(out _, out var refusal) && refusal.Reason == Reason.NotSignedIn)
                context.RejectPrincipal();
        };
    }
}
