namespace RoomChat.Tests.Support;

/// <summary>This test is the one that fails where this setting is not heeded.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class TripsAttribute<TSettings>(string setting) : Attribute, ITrips
{
    public (Type, string) Setting => (typeof(TSettings), setting);
}

internal interface ITrips
{
    (Type Of, string Name) Setting { get; }
}
