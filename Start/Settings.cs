using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace RoomChat.Start;

/// <summary>Settings are read at the start; a wrong one stops it with a sentence that names it.</summary>
public static class Settings
{
    public static void AddSettings<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(new InRange<T>(section));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
    }

    private sealed class InRange<T>(string section) : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            foreach (var setting in typeof(T).GetProperties())
                if (setting.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(setting.GetValue(options)))
                    return ValidateOptionsResult.Fail(
                        $"{section}:{setting.Name} is {setting.GetValue(options)}; it must be from {range.Minimum} to {range.Maximum}.");
            return ValidateOptionsResult.Success;
        }
    }
}
