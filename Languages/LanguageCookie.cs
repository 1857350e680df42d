using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace RoomChat.Languages;

internal static class LanguageCookie
{
    public const string Name = "language";

    public static void Append(HttpContext context, Language language) =>
        context.Response.Cookies.Append(
            Name,
            CookieRequestCultureProvider.MakeCookieValue(new(CultureInfo.InvariantCulture.Name, language.Code)),
            new()
            {
                HttpOnly = true,
                IsEssential = true,
                Path = context.Request.PathBase.HasValue ? context.Request.PathBase : "/",
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
}
