using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace RoomChat.Languages;

public static class LanguagesSetup
{
    /// <summary>A choice is remembered in a cookie; before one is made, the browser's languages count.</summary>
    public static IServiceCollection AddLanguages(this IServiceCollection services) =>
        services.Configure<RequestLocalizationOptions>(options =>
        {
            // Numbers and times are written the same for everybody: pages write them in the browser.
            options.DefaultRequestCulture = new(CultureInfo.InvariantCulture, CultureOf(Language.English));
            options.SupportedCultures = null;
            options.SupportedUICultures = [.. Language.All.Select(CultureOf)];
            options.RequestCultureProviders =
            [
                new CookieRequestCultureProvider { CookieName = LanguageCookie.Name },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
            options.ApplyCurrentCultureToResponseHeaders = true;
        });

    private static CultureInfo CultureOf(Language language) => CultureInfo.GetCultureInfo(language.Code);
}
