using System.Globalization;
using System.Net;
using System.Text;

namespace RoomChat.Bench.Reports;

internal static class SvgChart
{
    private const int Columns = 3, PanelWidth = 320, Margin = 20, PanelHeaderHeight = 46;
    private const int RowHeight = 20, LabelWidth = 96, MaxBarLength = 110;

    private const string Style = """
        <style>
          text { font: 12px system-ui, sans-serif; fill: #24292f }
          .title { font-weight: 600; font-size: 13px }
          .quiet { fill: #6e7781 }
          .label { text-anchor: end }
          rect { fill: #afb8c1 }
          .first { fill: #1f883d }
          @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 }
            .quiet { fill: #8b949e }
            rect { fill: #484f58 }
            .first { fill: #3fb950 }
          }
        </style>
        """;

    public static string Draw(IReadOnlyList<BenchmarkSummary> summaries, string machine)
    {
        var maxRows = summaries.Max(summary => summary.Cases.Count);
        var panelHeight = PanelHeaderHeight + maxRows * RowHeight + Margin;
        var height = Margin + (summaries.Count + Columns - 1) / Columns * panelHeight + Margin;
        var width = Margin + Columns * PanelWidth;

        var svg = new StringBuilder();
        var size = $"width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"";
        AppendLine(svg, $"""
            <svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="What servers cost, side by side">
            """);
        svg.AppendLine(Style);
        for (var i = 0; i < summaries.Count; i++)
        {
            var (column, row) = (i % Columns, i / Columns);
            DrawPanel(svg, summaries[i], left: Margin + column * PanelWidth, top: Margin + row * panelHeight);
        }
        var footer = WebUtility.HtmlEncode(machine);
        AppendLine(svg, $"""<text class="quiet" x="{Margin}" y="{height - 10}">{footer}</text>""");
        return svg.AppendLine("</svg>").ToString();
    }

    private static void DrawPanel(StringBuilder svg, BenchmarkSummary summary, int left, int top)
    {
        var (unit, values) = SelectValues(summary);
        var title = $"""{summary.Name} <tspan class="quiet" font-weight="400">{unit}</tspan>""";
        AppendLine(svg, $"""<text class="title" x="{left}" y="{top + 14}">{title}</text>""");
        var max = values.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        for (var i = 0; i < values.Length; i++)
        {
            var (caseSummary, value) = (summary.Cases[i], values[i]);
            var (labelEnd, y) = (left + LabelWidth, top + PanelHeaderHeight - 20 + i * RowHeight);
            var barLength = double.IsFinite(value) ? Math.Max(1, value / max * MaxBarLength) : 0;
            var barClass = i == 0 ? " class=\"first\"" : "";
            var text = $"{ResultTable.FormatNumber(value)} · {ResultTable.FormatNumber(value / values[0])}×";
            var failureMark = caseSummary.Passed ? "" : " ✗";
            AppendLine(svg, $"""
                <text class="label" x="{labelEnd}" y="{y + 12}">{WebUtility.HtmlEncode(caseSummary.Name)}</text>
                <rect{barClass} x="{labelEnd + 6}" y="{y + 2}" width="{barLength:F1}" height="{RowHeight - 6}" rx="2"/>
                <text x="{labelEnd + 12 + barLength:F1}" y="{y + 12}">{text}{failureMark}</text>
                """);
        }
    }

    /// <summary>The cost; for a stalled member the latency of the others, which matters more there.</summary>
    private static (string Unit, double[] Values) SelectValues(BenchmarkSummary summary) =>
        summary.Cases[0].MemoryGrowthMegabytes is null
            ? (summary.Benchmark.CostUnit, [.. summary.Cases.Select(caseSummary => caseSummary.Cost)])
            : ("others' p99, ms", [.. summary.Cases.Select(caseSummary => caseSummary.P99Milliseconds ?? double.NaN)]);

    private static void AppendLine(StringBuilder svg, FormattableString line) =>
        svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
