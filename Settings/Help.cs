namespace RoomChat.Settings;

/// <summary>What is answered instead of a start.</summary>
public static class Help
{
    private const string Usage = """
        RoomChat [--urls http://0.0.0.0:5000] [--RoomChat:NAME=VALUE ...]
        RoomChat --help | --version

        Each setting is an argument (--RoomChat:Limits:History=500) or a variable (RoomChat__Limits__History=500), or
        stands in .env or appsettings.json in the folder where RoomChat is started. The first of these counts.


        """;

    public static string? Answer(string[] args, string version) => args switch
    {
        ["--help" or "-h" or "-?"] => Usage + string.Join('\n', Settings.Select(Describe)),
        ["--version"] => version,
        _ => null,
    };

    internal static IEnumerable<Setting> Settings =>
        from service in new ServiceCollection().AddSettings()
        let section = service.ImplementationInstance as SettingsSection
        where section is not null
        from setting in section.Settings
        orderby setting.Name.Count(letter => letter == ':')
        select setting;

    private static string Describe(Setting setting) => $"  {setting.Name}={setting.Default}\n      {setting.Meaning}";
}
