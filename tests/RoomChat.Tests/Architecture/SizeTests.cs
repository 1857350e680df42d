namespace RoomChat.Tests.Architecture;

public sealed class SizeTests
{
    private const int MaxColumns = 120, MaxLines = 200;

    [Fact]
    public void NoLineIsLongerThan120Columns()
    {
        var tooLong =
            from file in SourceFiles.WithExtension(".cs", ".cshtml", ".js", ".css")
            from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Length > MaxColumns
            select $"{file.Path}:{line.Number}";

        Assert.Empty(tooLong);
    }

    /// <summary>Styles are two files, since each more delays the first paint.</summary>
    [Fact]
    public void NoFileOfTheProductIsLongerThan200Lines()
    {
        var tooLong =
            from file in SourceFiles.WithExtension(".cs", ".cshtml", ".js")
            where SourceFiles.IsProduct(file.Path) && file.Lines.Length > MaxLines
            select file.Path;

        Assert.Empty(tooLong);
    }
}
