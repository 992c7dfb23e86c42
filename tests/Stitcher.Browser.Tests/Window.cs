using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>One window of the browser, and everything it complained of.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly bool _withScript;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();

    public Window(IBrowserContext context, IPage page, bool withScript)
    {
        (_context, _withScript) = (context, withScript);
        Page = page;
        page.SetDefaultTimeout((float)TestKit.Eventually.Deadline.TotalMilliseconds);
        page.Console += (_, message) => NoteConsole(message);
        page.PageError += (_, error) => _complaints.Enqueue($"uncaught: {error}");
        page.RequestFailed += (_, request) => NoteFailure(request);
        page.Response += (_, response) => NoteResponse(response);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, uncaught errors, requests that failed and answers that are errors.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>The address of every answer.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Opens a page and waits until it has loaded.</summary>
    public async Task<IResponse> GoAsync(Uri address)
    {
        var response = await Page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        Assert.NotNull(response);
        return response;
    }

    /// <summary>Opens a page and waits until the element is shown, while the rest may still be on its way.</summary>
    public async Task GoUntilAsync(Uri address, string selector)
    {
        await Page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await Page.WaitForSelectorAsync(selector);
    }

    /// <summary>Waits until the document is complete. Asks the document itself: events may have passed before somebody waits for them, and the
    /// page's policy forbids a script that waits inside.</summary>
    public Task LoadedAsync() =>
        TestKit.Eventually.HoldsAsync(async () => await EvaluateAsync<string>("document.readyState") == "complete", "the document is complete");

    public Task<T> EvaluateAsync<T>(string script, object? argument = null) => Page.EvaluateAsync<T>(script, argument);

    /// <summary>Waits until an answer with such an address has come: the browser tells of it on a way of its own.</summary>
    public Task HasAskedForAsync(Func<string, bool> address, string what) => TestKit.Eventually.HoldsAsync(() => _requests.Any(address), $"{what} was asked for");

    /// <summary>Types into a field that finds as one types, and waits until what is found is what the whole text asks for: each pause in the typing asks, too.</summary>
    public async Task SearchAsync(ILocator field, string words)
    {
        var last = $"search={Uri.EscapeDataString(words).Replace("%20", "+", StringComparison.Ordinal)}";
        await Page.RunAndWaitForResponseAsync(
            () => field.PressSequentiallyAsync(words),
            answer => answer.Url.Contains("/api/products?", StringComparison.Ordinal) && answer.Url.Replace("%20", "+", StringComparison.Ordinal).Split('?', '&').Contains(last));
        await Assertions.Expect(Page.Locator(".search-found:not([aria-busy])")).ToBeVisibleAsync();
    }

    /// <summary>Makes the window so wide and waits until the page knows.</summary>
    public async Task WidenAsync(int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);
        await TestKit.Eventually.HoldsAsync(async () => await EvaluateAsync<int>("innerWidth") == width, $"the page is {width} px wide");
    }

    /// <summary>Presses twice in a row, as an impatient hand does: the second time is on its way before the first can have led anywhere.</summary>
    public async Task PressTwiceAsync(ILocator what)
    {
        await what.HoverAsync();
        var mouse = Page.Mouse;
        await Task.WhenAll(mouse.DownAsync(), mouse.UpAsync(), mouse.DownAsync(new() { ClickCount = 2 }), mouse.UpAsync(new() { ClickCount = 2 }));
    }

    public void ForgetComplaints()
    {
        _complaints.Clear();
        _requests.Clear();
    }

    /// <summary>Another window of the same browser: what is signed in or put away in one is so in both. It closes with the first.</summary>
    public async Task<Window> OpenBesideAsync() => new(_context, await _context.NewPageAsync(), _withScript);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    // What the browser gave up itself, since its reader went on to another page, is nobody's fault. Nor is that without JavaScript it fetches no
    // modules, not even ahead, and tells each as refused.
    private void NoteFailure(IRequest request)
    {
        if (request.Failure != "net::ERR_ABORTED" && (_withScript || request.Failure != "csp" || !request.Url.EndsWith("js", StringComparison.Ordinal)))
        {
            _complaints.Enqueue($"{request.Url} failed: {request.Failure}");
        }
    }

    private void NoteConsole(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
        {
            _complaints.Enqueue($"console {message.Type}: {message.Text} ({message.Location})");
        }
    }

    private void NoteResponse(IResponse response)
    {
        _requests.Enqueue(response.Url);
        if (response.Status >= 400)
        {
            _complaints.Enqueue($"{response.Url} answered {response.Status}");
        }
    }
}
