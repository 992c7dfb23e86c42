using System.Text;
using Microsoft.AspNetCore.Http;

namespace Stitcher.TestKit;

/// <summary>What a <see cref="ScriptedService"/> answers on one path, faults included.</summary>
public sealed record Answer
{
    private enum Ending
    {
        Complete,
        Abort,
        Hang,
    }

    private int StatusCode { get; init; } = 200;

    private byte[] Body { get; init; } = [];

    private IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    private Gate? BeforeHeaders { get; init; }

    private Gate? BeforeBody { get; init; }

    /// <summary>How many bytes of the body leave before the ending; null for all.</summary>
    private int? Sent { get; init; }

    /// <summary>Whether not even the status leaves before the ending.</summary>
    private bool IsSilent { get; init; }

    private TimeSpan Pause { get; init; }

    private Action? CutOff { get; init; }

    private Ending End { get; init; }

    /// <summary>A page of HTML, with status 200.</summary>
    public static Answer Html(string html) => new Answer { Body = Encoding.UTF8.GetBytes(html) }.With("Content-Type", "text/html; charset=utf-8");

    /// <summary>Any bytes of any type, with status 200.</summary>
    public static Answer Of(string contentType, byte[] body) => new Answer { Body = body }.With("Content-Type", contentType);

    /// <summary>A status with a short text.</summary>
    public static Answer Status(int status) => Html($"<p>status {status}</p>") with { StatusCode = status };

    /// <summary>The request is read and never answered.</summary>
    public static Answer Hangs { get; } = new() { IsSilent = true, End = Ending.Hang };

    /// <summary>The connection is cut before the first byte.</summary>
    public static Answer Aborts { get; } = new() { IsSilent = true, End = Ending.Abort };

    /// <summary>The same answer with another status.</summary>
    public Answer WithStatus(int status) => this with { StatusCode = status };

    /// <summary>The same answer with a header; a second of the same name is a second line, except Content-Type, which is replaced.</summary>
    public Answer With(string name, string value) => this with
    {
        Headers = [.. Headers.Where(header => name != "Content-Type" || header.Key != name), new(name, value)],
    };

    /// <summary>The same answer, begun when the gate opens.</summary>
    public Answer After(Gate gate) => this with { BeforeHeaders = gate };

    /// <summary>The same answer; the headers leave at once, the body when the gate opens.</summary>
    public Answer BodyAfter(Gate gate) => this with { BeforeBody = gate };

    /// <summary>The body is announced whole, but the connection is cut behind so many bytes.</summary>
    public Answer CutAfter(int bytes) => this with { Sent = bytes, End = Ending.Abort };

    /// <summary>The body is announced whole, but nothing comes behind so many bytes.</summary>
    public Answer HangingAfter(int bytes) => this with { Sent = bytes, End = Ending.Hang };

    /// <summary>The body leaves byte by byte, with a pause behind each.</summary>
    public Answer Dripping(TimeSpan pause) => this with { Pause = pause };

    /// <summary>The same answer; the action runs when the other side leaves before the answer is complete.</summary>
    public Answer WhenCutOff(Action cutOff) => this with { CutOff = cutOff };

    internal async Task WriteAsync(HttpContext context, CancellationToken stopping)
    {
        using var registration = CutOff is null ? default : context.RequestAborted.Register(CutOff);
        if (BeforeHeaders is not null)
        {
            await BeforeHeaders.WaitAsync(stopping);
        }

        if (IsSilent)
        {
            await EndAsync(context, stopping);
            return;
        }

        context.Response.StatusCode = StatusCode;
        foreach (var header in Headers)
        {
            context.Response.Headers.Append(header.Key, header.Value);
        }

        if (StatusCode is not (204 or 304))
        {
            context.Response.Headers.ContentLength ??= Body.Length;
        }

        await WriteBodyAsync(context, stopping);
    }

    private async Task WriteBodyAsync(HttpContext context, CancellationToken stopping)
    {
        if (BeforeBody is not null)
        {
            await context.Response.Body.FlushAsync(stopping);
            await BeforeBody.WaitAsync(stopping);
        }

        var body = Body.AsMemory(0, Math.Min(Sent ?? Body.Length, Body.Length));
        if (Pause > TimeSpan.Zero)
        {
            for (var i = 0; i < body.Length; i++)
            {
                await context.Response.Body.WriteAsync(body.Slice(i, 1), stopping);
                await context.Response.Body.FlushAsync(stopping);
                await Task.Delay(Pause, stopping);
            }
        }
        else if (body.Length > 0 && !HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, stopping);
        }

        if (End != Ending.Complete)
        {
            await context.Response.Body.FlushAsync(stopping);
            await EndAsync(context, stopping);
        }
    }

    private async Task EndAsync(HttpContext context, CancellationToken stopping)
    {
        if (End == Ending.Hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stopping);
        }

        // The connection ends here, whatever was announced.
        context.Abort();
    }
}
