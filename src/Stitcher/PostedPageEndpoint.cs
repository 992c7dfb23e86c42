using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Stitcher.Configuration;
using Stitcher.Fetching;
using Stitcher.Parsing;
using Stitcher.Planning;
using Stitcher.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace Stitcher;

/// <summary>
/// A form of a page, sent: the reverse proxy asks the service once, and what it answers is shown in the page, as its primary. The other
/// slots are fetched when the answer is here, for it may have changed what they show.
/// </summary>
internal sealed class PostedPageEndpoint(PageEndpoint pages, PageAdmission admission, FragmentLoader loader)
{
    private const string Destination = "Sec-Fetch-Dest";

    /// <param name="context">The request; its features say which page.</param>
    /// <param name="proxy">The endpoint of the reverse proxy's route.</param>
    public async Task InvokeAsync(HttpContext context, RequestDelegate proxy)
    {
        var page = context.Features.GetRequiredFeature<PostedPage>();
        if (!RequestShape.IsPlain(context) || PageRequest.IsAmbiguous(context, page.Plan))
        {
            await PageEndpoint.RefuseAsync(context, StatusCodes.Status400BadRequest);
            return;
        }

        // Before the form is sent: behind it there is an answer that somebody waits for.
        if (!admission.TryEnter())
        {
            await PageEndpoint.TurnAwayAsync(context);
            return;
        }

        try
        {
            await InvokeAdmittedAsync(context, page, proxy);
        }
        finally
        {
            admission.Leave();
        }
    }

    private async Task InvokeAdmittedAsync(HttpContext context, PostedPage page, RequestDelegate proxy)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var answer = new PostedAnswer(context.Response, body, page.Plan.FragmentBytes);
        var before = new HeaderDictionary(context.Response.Headers.ToDictionary());
        context.Features.Set<IHttpResponseBodyFeature>(answer);
        try
        {
            await AskAsync(context, proxy);
        }
        finally
        {
            context.Features.Set(body);
        }

        context.Request.RouteValues = page.Values;
        if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            // What was done may show in any part of the page (RFC 9111, section 4.4).
            await loader.ForgetAsync(page.Plan, PageRequest.From(context, page.Plan));
        }

        if (!answer.HasPassed && !context.Response.HasStarted && IsForThePage(context.Response, answer))
        {
            var result = await ReadAsync(context, page.Plan, answer);
            StartAnew(context.Response, before);
            if (context.Features.Get<SessionChange>() is { } change)
            {
                context.Response.Headers.SetCookie = StringValues.Concat(context.Response.Headers.SetCookie, change.Cookies);
            }

            await pages.InvokeAsync(context, page.Plan, result);
        }
    }

    private static bool IsForThePage(HttpResponse response, PostedAnswer answer) =>
        answer.IsTooLarge || PostedContent.IsHtml(response) || PostedContent.IsFailure(response);

    // The body is to be read here, so it must not come compressed; what the browser takes is for the page. And it is to be a part of
    // a page: a service that makes a page of its own for whoever opens a fragment alone must not take the browser's word for that.
    private static async Task AskAsync(HttpContext context, RequestDelegate proxy)
    {
        var headers = context.Request.Headers;
        var takes = headers.AcceptEncoding;
        var wanted = headers[Destination];
        headers.AcceptEncoding = "identity";
        headers.Remove(Destination);
        await proxy(context);
        headers.AcceptEncoding = takes;
        headers[Destination] = wanted;
    }

    private async Task<FragmentResult> ReadAsync(HttpContext context, PagePlan plan, PostedAnswer answer)
    {
        var response = context.Response;
        var slot = plan.Primary!;
        if (answer.IsTooLarge)
        {
            return FragmentResult.Failing(SlotFailure.Invalid, $"the body is larger than {plan.FragmentBytes} bytes (Stitcher:Limits:FragmentBytes)", response.StatusCode);
        }

        if (context.Features.Get<IForwarderErrorFeature>() is { } error)
        {
            var failure = error.Error is ForwarderError.RequestTimedOut ? SlotFailure.Timeout : SlotFailure.Connect;
            return FragmentResult.Failing(failure, $"the reverse proxy could not ask: {error.Error}", response.StatusCode);
        }

        if (PostedContent.IsFailure(response) || PostedContent.Complaint(response) is not null)
        {
            return FragmentResult.Failing(SlotFailure.Invalid, PostedContent.Complaint(response), response.StatusCode, response.Headers.RetryAfter);
        }

        using var proxied = UpstreamResponse.Proxied(
            response.StatusCode,
            answer.Body,
            response.Headers.Link,
            response.Headers.RetryAfter,
            [.. response.Headers.SetCookie.OfType<string>()]);
        return await loader.TakeAsync(IsFromItsService(context, slot) ? slot : AsStrangers(slot), plan, proxied);
    }

    // A route may lead anywhere; what the service of the slot is trusted with is for its own answers.
    private static bool IsFromItsService(HttpContext context, SlotPlan slot) =>
        context.Features.Get<Yarp.ReverseProxy.Model.IReverseProxyFeature>()?.Cluster.Config.ClusterId.Equals(slot.Service.Cluster, StringComparison.OrdinalIgnoreCase) == true;

    private static SlotPlan AsStrangers(SlotPlan slot) => slot with
    {
        Service = slot.Service with { Trust = TrustLevel.Markup, Nested = false, SetCookies = [] },
        Origin = new FragmentOrigin(slot.Service.Name, TrustLevel.Markup, slot.Origin.Path),
        Scope = slot.Scope + " of another service",
        Styles = [],
    };

    // The answer's headers are not the page's; those that the host had set before are.
    private static void StartAnew(HttpResponse response, HeaderDictionary before)
    {
        response.Clear();
        response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.Clear();
        foreach (var header in before)
        {
            response.Headers[header.Key] = header.Value;
        }
    }
}
