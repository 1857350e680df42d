using RoomChat.Fuzz;
using RoomChat.Tests.Architecture;

namespace RoomChat.Tests.Fuzz;

/// <summary>What `tests/fuzz` begins with, and what it or anybody has found before.</summary>
public sealed class CorpusTests
{
    private static readonly string Folder = Path.Combine(SourceFiles.Root, "tests/RoomChat.Fuzz");

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void WhatOnceFailedHoldsInEveryTarget(string name)
    {
        var target = FuzzTarget.Named(name);
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(IsInput))
        {
            var failure = Record.Exception(() => target.Run(File.ReadAllBytes(file)));
            Assert.True(failure is null, $"{Path.GetRelativePath(Folder, file)} fails {name}: {failure}");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void EveryTargetHasSeeds(string name) =>
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(Folder, "Seeds", name)));

    private static bool IsInput(string file) =>
        Path.GetRelativePath(Folder, file).Replace('\\', '/').Split('/') is ["Seeds" or "Failures", _, _];
}
