using System.Globalization;
using System.Net;
using System.Text;

namespace RoomChat.Bench.Soaking;

/// <summary>Four panels over time; the warm-up is shaded.</summary>
internal static class SoakChart
{
    private const int PanelWidth = 480, PanelHeight = 190, Margin = 20, Header = 30, AxisWidth = 44, Footer = 24;
    private const int PlotWidth = PanelWidth - AxisWidth - Margin, PlotHeight = PanelHeight - Header - Footer - 8;

    private const string Style = """
        <style>
          text { font: 12px system-ui, sans-serif; fill: #24292f }
          .title { font-weight: 600; font-size: 13px }
          .quiet { fill: #6e7781 }
          .tick { fill: #6e7781; font-size: 11px }
          .grid { stroke: #d0d7de; stroke-width: 1 }
          .warm-up { fill: #afb8c1; opacity: .2 }
          polyline { fill: none; stroke-width: 1.5; stroke-linejoin: round }
          .first { stroke: #1f883d }
          .second { stroke: #8c959f }
          .third { stroke: #bf8700 }
          .name-first { fill: #1f883d }
          .name-second { fill: #6e7781 }
          .name-third { fill: #9a6700 }
          @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 }
            .quiet, .tick { fill: #8b949e }
            .grid { stroke: #30363d }
            .first { stroke: #3fb950 }
            .second { stroke: #8b949e }
            .third { stroke: #d29922 }
            .name-first { fill: #3fb950 }
            .name-second { fill: #8b949e }
            .name-third { fill: #d29922 }
          }
        </style>
        """;

    private const int TimeTicks = 4;

    private static readonly string[] Classes = ["first", "second", "third"];

    private static readonly Panel[] Panels =
    [
        new("Memory", "MB", [("working set", s => s.WorkingSetMegabytes), ("managed heap", s => s.HeapMegabytes)]),
        new("Handles and threads", "", [("handles", s => s.Handles), ("threads × 10", s => s.Threads * 10)]),
        new("Latency", "ms, logarithmic",
        [
            ("p50", s => s.P50Milliseconds),
            ("p99", s => s.P99Milliseconds),
            ("p99 through the proxy", s => s.ProxiedP99Milliseconds ?? double.NaN),
        ], IsLogarithmic: true),
        new("CPU", "% of a core", [("server", s => s.ServerCpu * 100)]),
    ];

    private sealed record Panel(
        string Title, string Unit, (string Name, Func<SoakSample, double> Select)[] Lines, bool IsLogarithmic = false);

    public static string Draw(IReadOnlyList<SoakSample> samples, string machine)
    {
        var svg = new StringBuilder();
        var (width, height) = (Margin + 2 * PanelWidth, Margin + 2 * PanelHeight + Margin);
        var size = $"width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"";
        AppendLine(svg, $"""
            <svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="A server under load, over time">
            """);
        svg.AppendLine(Style);
        for (var i = 0; i < Panels.Length; i++)
            DrawPanel(svg, Panels[i], samples, Margin + i % 2 * PanelWidth, Margin + i / 2 * PanelHeight);
        var footer = WebUtility.HtmlEncode(machine);
        AppendLine(svg, $"""<text class="quiet" x="{Margin}" y="{height - 10}">{footer}</text>""");
        return svg.AppendLine("</svg>").ToString();
    }

    private static void DrawPanel(StringBuilder svg, Panel panel, IReadOnlyList<SoakSample> samples, int left, int top)
    {
        var axis = new ChartAxis(panel.Lines.SelectMany(line => samples.Select(line.Select)), panel.IsLogarithmic);
        var (plotLeft, plotTop, timeLine) = (left + AxisWidth, top + Header, top + Header + PlotHeight + 16);
        double X(double seconds) => plotLeft + PlotWidth * seconds / samples[^1].Seconds;
        double Y(double value) => plotTop + PlotHeight * (1 - axis.Share(value));

        var warmUp = PlotWidth * Flatness.WarmUp;
        var unit = $"""<tspan class="quiet" font-weight="400" dx="6">{panel.Unit}</tspan>""";
        var names = string.Concat(panel.Lines.Select(
            (line, i) => $"""<tspan class="name-{Classes[i]}" font-weight="400" dx="12">{line.Name}</tspan>"""));
        AppendLine(svg, $"""
            <text class="title" x="{left}" y="{top + 14}">{panel.Title}{unit}{names}</text>
            <rect class="warm-up" x="{plotLeft}" y="{plotTop}" width="{warmUp:F1}" height="{PlotHeight}"/>
            """);
        foreach (var tick in axis.Ticks)
            AppendLine(svg, $"""
                <path class="grid" d="M{plotLeft} {Y(tick):F1}h{PlotWidth}"/>
                <text class="tick" text-anchor="end" x="{plotLeft - 6}" y="{Y(tick) + 4:F1}">{tick:0.###}</text>
                """);
        for (var i = 0; i <= TimeTicks; i++)
        {
            var seconds = samples[^1].Seconds * i / TimeTicks;
            var time = string.Create(
                CultureInfo.InvariantCulture, $"{seconds / 60:0.#}{(i == TimeTicks ? " min" : "")}");
            AppendLine(svg, $"""
                <text class="tick" text-anchor="middle" x="{X(seconds):F1}" y="{timeLine}">{time}</text>
                """);
        }
        for (var i = panel.Lines.Length - 1; i >= 0; i--)
        {
            var points = from sample in samples
                         let value = panel.Lines[i].Select(sample)
                         where double.IsFinite(value)
                         select string.Create(CultureInfo.InvariantCulture, $"{X(sample.Seconds):F1},{Y(value):F1}");
            AppendLine(svg, $"""<polyline class="{Classes[i]}" points="{string.Join(' ', points)}"/>""");
        }
    }

    private static void AppendLine(StringBuilder svg, FormattableString line) =>
        svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
