namespace RoomChat.Tests.Support;

/// <summary>Marks the test that fails if the setting is ignored.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CoversSettingAttribute<TSettings>(string setting) : Attribute, ICoversSetting
{
    public (Type, string) Setting => (typeof(TSettings), setting);
}

internal interface ICoversSetting
{
    (Type Of, string Name) Setting { get; }
}
