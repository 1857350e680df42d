using System.Globalization;
using System.Net;
using System.Text;

namespace RoomChat.Bench.Reports;

/// <summary>The table as a picture: a panel of bars for each section, shorter is better.</summary>
internal static class Chart
{
    private const int Columns = 3, PanelWidth = 320, Margin = 20, Head = 46, RowHeight = 20, LabelWidth = 96, BarWidth = 110;

    public static string Draw(IReadOnlyList<Summary> summaries, string machine)
    {
        var most = summaries.Max(summary => summary.Lines.Count);
        var panelHeight = Head + most * RowHeight + Margin;
        var height = Margin + (summaries.Count + Columns - 1) / Columns * panelHeight + Margin;
        var width = Margin + Columns * PanelWidth;

        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="What servers cost, side by side">
            <style>
              text {"{"} font: 12px system-ui, sans-serif; fill: #24292f {"}"}
              .title {"{"} font-weight: 600; font-size: 13px {"}"}
              .quiet {"{"} fill: #6e7781 {"}"}
              .label {"{"} text-anchor: end {"}"}
              rect {"{"} fill: #afb8c1 {"}"}
              .first {"{"} fill: #1f883d {"}"}
              @media (prefers-color-scheme: dark) {"{"}
                text {"{"} fill: #e6edf3 {"}"}
                .quiet {"{"} fill: #8b949e {"}"}
                rect {"{"} fill: #484f58 {"}"}
                .first {"{"} fill: #3fb950 {"}"}
              {"}"}
            </style>
            """);
        for (var i = 0; i < summaries.Count; i++) Panel(svg, summaries[i], Margin + i % Columns * PanelWidth, Margin + i / Columns * panelHeight);
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text class="quiet" x="{Margin}" y="{height - 10}">{WebUtility.HtmlEncode(machine)}</text>""");
        return svg.AppendLine("</svg>").ToString();
    }

    /// <summary>What it costs, or where somebody stalls, what the others notice of it.</summary>
    private static (string Unit, double[] Values) Shown(Summary summary) => summary.Lines[0].MemoryGrowthMegabytes is null
        ? (summary.Section.Unit, [.. summary.Lines.Select(line => line.Cost)])
        : ("others' p99, ms", [.. summary.Lines.Select(line => line.P99 ?? double.NaN)]);

    private static void Panel(StringBuilder svg, Summary summary, int left, int top)
    {
        var (unit, shown) = Shown(summary);
        svg.AppendLine(CultureInfo.InvariantCulture, $"""
            <text class="title" x="{left}" y="{top + 14}">{summary.Section.Key} <tspan class="quiet" font-weight="400">{unit}</tspan></text>
            """);
        var longest = shown.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        for (var i = 0; i < summary.Lines.Count; i++)
        {
            var (line, y) = (summary.Lines[i], top + Head - 20 + i * RowHeight);
            var length = double.IsFinite(shown[i]) ? Math.Max(1, shown[i] / longest * BarWidth) : 0;
            var said = $"{Table.Number(shown[i])} · {Table.Number(shown[i] / shown[0])}×{(line.IsRight ? "" : " ✗")}";
            svg.AppendLine(CultureInfo.InvariantCulture, $"""
                <text class="label" x="{left + LabelWidth}" y="{y + 12}">{WebUtility.HtmlEncode(line.Name)}</text>
                <rect{(i == 0 ? " class=\"first\"" : "")} x="{left + LabelWidth + 6}" y="{y + 2}" width="{length:F1}" height="{RowHeight - 6}" rx="2"/>
                <text x="{left + LabelWidth + 12 + length:F1}" y="{y + 12}">{said}</text>
                """);
        }
    }
}
