using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Stitcher.Gateway;

/// <summary>
/// How the gateway is watched: <c>/metrics</c> for Prometheus on the operators' listener, and metrics and traces by OTLP where the environment
/// names a collector (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the other variables of OpenTelemetry).
/// </summary>
internal static class GatewayTelemetry
{
    private const string Everything = "Stitcher*";
    private const string CollectorKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Not System.Net.Http: its instruments cost 13 to 30 % of the processor time of a page of which nothing is remembered (measured in turns, five
    // fragments), and what they would tell of services the engine's own say by service and slot.
    private static readonly string[] Meters =
        [Everything, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private static readonly string[] Sources = [Everything, "Microsoft.AspNetCore", "Yarp.ReverseProxy", "System.Net.Http"];

    public static void Configure(WebApplicationBuilder builder)
    {
        var hasCollector = !string.IsNullOrEmpty(builder.Configuration[CollectorKey]);
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddPrometheusExporter();
            if (hasCollector)
            {
                metrics.AddOtlpExporter();
            }
        });

        // Without anybody who takes them, spans would be made for nothing.
        if (hasCollector)
        {
            telemetry.WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter());
        }
    }

    public static void Map(WebApplication app) => app.MapPrometheusScrapingEndpoint().OnManagementListener();
}
