namespace RoomChat.Languages;

/// <summary>What pages call people, and what they say of them, in all languages.</summary>
public static class Notices
{
    private static readonly string[]
        PlaceholdersOfNames = ["{name}", "{names}", "{by}", "{to}"],
        Roles = ["person.owner", "line.account"],
        Remarks = ["person.you", "person.away", "line.edited"];

    public static IEnumerable<string> Names => Language.All.SelectMany(language =>
        language["names.reserved"].Split(", ").Concat(
            from key in Roles.Concat(Remarks).Append("page.you").Append("page.youAmongOthers") select language[key]));

    public static IEnumerable<string> Sentences => Language.All.SelectMany(language =>
        language.Sentences("page").Where(sentence => PlaceholdersOfNames.Any(sentence.Contains))
            .Concat(from key in Roles select $"{{name}} {language[key]}")
            .Concat(from key in Remarks select $"{{name}} ({language[key]})"));
}
