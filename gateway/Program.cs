using Stitcher.Configuration;
using Stitcher.Gateway;

try
{
    var errors = new List<string>();
    var builder = WebApplication.CreateBuilder(args);
    GatewayEdge.Configure(builder, errors);
    GatewayTelemetry.Configure(builder);
    builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
    builder.Services.AddStitcher(builder.Configuration);
    builder.Services.AddStitcherRedis(builder.Configuration);
    builder.Services.AddStitcherSession();

    var app = builder.Build();
    GatewayEdge.Listen(app);
    app.UseStitcherErrorPages();
    if (Directory.Exists(app.Environment.WebRootPath))
    {
        app.UseStaticFiles();
    }

    GatewayEdge.Map(app, errors);
    GatewayTelemetry.Map(app);
    app.MapReverseProxy();
    await app.RunAsync();
    return 0;
}
catch (StitcherConfigurationException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (InvalidDataException exception)
{
    await Console.Error.WriteLineAsync($"Stitcher cannot start: {exception.Message} {exception.GetBaseException().Message}");
    return 1;
}
catch (IOException exception)
{
    // A port that is taken, or files that cannot be watched.
    var advice = exception.Message.Contains("inotify", StringComparison.Ordinal)
        ? " The settings' files are watched for changes: raise fs.inotify.max_user_instances, or set DOTNET_hostBuilder__reloadConfigOnChange=false and restart the gateway when they change."
        : "";
    await Console.Error.WriteLineAsync($"Stitcher cannot start: {exception.Message.TrimEnd('.')}.{advice}");
    return 1;
}
