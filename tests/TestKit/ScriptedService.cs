using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stitcher.TestKit;

/// <summary>A service on a real loopback port that answers as the test says, and remembers what it was asked.</summary>
public sealed class ScriptedService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, CancellationToken, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private CancellationTokenSource _stopping = new();
    private WebApplication? _app;

    private ScriptedService()
    {
    }

    /// <summary>Where the service listens, with a slash at the end. The port stays the same over stops and starts, and nobody else gets it meanwhile.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>Starts a service that answers 404 on every path until it is told otherwise.</summary>
    public static async Task<ScriptedService> StartAsync()
    {
        while (true)
        {
            var service = new ScriptedService { Address = $"http://127.0.0.1:{FreePort.Take()}/" };
            try
            {
                await service.StartAgainAsync();
                return service;
            }
            catch (IOException)
            {
                // Another process was quicker.
                await service.DisposeAsync();
            }
        }
    }

    /// <summary>From now on answers the path (without query) with this page of HTML.</summary>
    public ScriptedService Answers(string path, string html) => Answers(path, Answer.Html(html));

    /// <summary>From now on answers the path (without query) so.</summary>
    public ScriptedService Answers(string path, Answer answer) => Answers(path, (context, stopping) => answer.WriteAsync(context, stopping));

    /// <summary>From now on answers the path (without query) by what the function makes of the request.</summary>
    public ScriptedService Answers(string path, Func<ReceivedRequest, Answer> answer) =>
        Answers(path, (context, stopping) => answer(ReceivedRequest.From(context)).WriteAsync(context, stopping));

    /// <summary>From now on answers the path (without query) by what the function makes of the request's body, read to its end as UTF-8.</summary>
    public ScriptedService AnswersBody(string path, Func<string, Answer> answer) => Answers(path, async (context, stopping) =>
    {
        using var reader = new StreamReader(context.Request.Body);
        await answer(await reader.ReadToEndAsync(stopping)).WriteAsync(context, stopping);
    });

    /// <summary>From now on answers the path with the answers in turn; the last one stays.</summary>
    public ScriptedService AnswersInTurn(string path, params Answer[] answers)
    {
        var next = -1;
        return Answers(path, _ => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]);
    }

    /// <summary>How often the path was asked for.</summary>
    public int Count(string path) => _requests.Count(request => request.Path == path);

    /// <summary>Waits until the path has been asked for so often.</summary>
    public Task HasReceivedAsync(string path, int count = 1) =>
        Eventually.HoldsAsync(() => Count(path) >= count, $"{path} was asked for {count} times");

    /// <summary>Ends the service as a killed process would: the port is closed, connections are cut.</summary>
    public async Task StopAsync()
    {
        if (_app is null)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Starts the service again, on the port it had.</summary>
    public async Task StartAgainAsync()
    {
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = nameof(ScriptedService),

            // Systems give a user few file watchers (Linux often 128 of them), and tests start many services.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private ScriptedService Answers(string path, Func<HttpContext, CancellationToken, Task> answer)
    {
        _answers[path] = answer;
        return this;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = ReceivedRequest.From(context);
        _requests.Enqueue(request);
        if (!_answers.TryGetValue(request.Path, out var answer))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await answer(context, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
