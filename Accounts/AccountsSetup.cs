using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RoomChat.Rooms;
using RoomChat.Start;

namespace RoomChat.Accounts;

public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSettings<AccountSettings>("RoomChat:Accounts");
        services.AddSingleton<Passwords>().AddSingleton<Register>().AddSingleton<Tokens>().AddSingleton<Directs>();
        services.AddSingleton<IReservations>(provider => provider.GetRequiredService<Register>());
        services.AddKeys();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddBearerToken();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<AccountSettings, Register>(SealCookies);
        services.AddOptions<BearerTokenOptions>(BearerTokenDefaults.AuthenticationScheme).Configure<AccountSettings>((tokens, settings) =>
        {
            tokens.BearerTokenExpiration = TimeSpan.FromMinutes(settings.AccessMinutes);
            tokens.RefreshTokenExpiration = TimeSpan.FromMinutes(settings.RefreshMinutes);
        });
        services.AddOptions<RazorPagesOptions>().PostConfigure<AccountSettings>((pages, settings) =>
        {
            if (!settings.Enabled) pages.Conventions.AddFolderRouteModelConvention("/Account", page => page.Selectors.Clear());
        });
        return services;
    }

    /// <summary>Where the framework would ask who this is, even strangers were asked, and connections kept what asking takes for as long as they last.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    private static void SealCookies(CookieAuthenticationOptions options, AccountSettings settings, Register register)
    {
        options.Cookie.Name = nameof(RoomChat);
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(settings.SessionMinutes);
        options.SlidingExpiration = true;
        options.LoginPath = "/account/sign-in";
        options.Events.OnValidatePrincipal = context =>
        {
            if (register.Recognize(context.Principal) is null) context.RejectPrincipal();
            return Task.CompletedTask;
        };
    }
}
