using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using RoomChat.Accounts;
using RoomChat.Redis;
using RoomChat.Rooms;
using RoomChat.Terminal;
using RoomChat.Web;

namespace RoomChat.Settings;

public static class SettingsSetup
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<IValidateOptions<Limits>, SettingNames>()
        .AddSection<Limits>("RoomChat:Limits")
        .AddSection<AccountSettings>("RoomChat:Accounts")
        .AddSection<TerminalSettings>("RoomChat:Terminal")
        .AddSection<NetworkSettings>("RoomChat").AddSingleton<IValidateOptions<NetworkSettings>, NetworkSettings>()
        .AddSection<KeySettings>("RoomChat").AddSingleton<IValidateOptions<KeySettings>, KeySettings>()
        .AddSection<RedisSettings>("RoomChat").AddSingleton<IValidateOptions<RedisSettings>, RedisSettings>();

    /// <summary>Where no appsettings.json stands, what it says counts all the same.</summary>
    public static void AddDefaults(this ConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new EmbeddedFileProvider(typeof(SettingsSetup).Assembly, ""),
            Path = "appsettings.json",
        });

    private static IServiceCollection AddSection<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddSingleton(new SettingsSection(section, typeof(T)));
        services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(new RangeValidation<T>(section));
        return services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
    }

    /// <summary>ValidateDataAnnotations does not name the section.</summary>
    private sealed class RangeValidation<T>(string section) : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            foreach (var setting in typeof(T).GetProperties())
            {
                var value = setting.GetValue(options);
                if (setting.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
                    return ValidateOptionsResult.Fail(
                        $"{section}:{setting.Name} is {value}; it must be from {range.Minimum} to {range.Maximum}.");
            }
            return ValidateOptionsResult.Success;
        }
    }
}
