using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace RoomChat.Settings;

internal sealed record Setting(string Name, string Default, string Meaning)
{
    public string Variable => Name.Replace(":", "__", StringComparison.Ordinal);
}

internal sealed record SettingsSection(string Path, Type Type)
{
    public IEnumerable<Setting> Settings
    {
        get
        {
            var defaults = Activator.CreateInstance(Type);
            return from property in Type.GetProperties()
                   let value = Convert.ToString(property.GetValue(defaults), CultureInfo.InvariantCulture)
                   let meaning = property.GetCustomAttribute<DescriptionAttribute>()!.Description
                   select new Setting($"{Path}:{property.Name}", property.PropertyType == typeof(bool)
                       ? value.ToLowerInvariant()
                       : value ?? "", meaning);
        }
    }
}
