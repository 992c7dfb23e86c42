using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stitcher.Fragments.Components;

namespace Stitcher.Fragments.Serving;

/// <summary>Runs a fragment's handler; what goes wrong becomes an answer a gateway can judge.</summary>
internal sealed class FragmentEndpoint(FragmentDefinition definition, RequestDelegate handler)
{
    public static FragmentEndpoint For(FragmentDefinition definition, Delegate handler, RoutePattern pattern, IServiceProvider services)
    {
        definition.Parameters = HandlerSignature.Parameters(handler.Method, pattern);
        return new FragmentEndpoint(definition, Bind(handler, pattern, services));
    }

    public static FragmentEndpoint For(FragmentDefinition definition, Type component, RoutePattern pattern)
    {
        var signature = ComponentSignature.Of(definition.Name, component, pattern);
        definition.Parameters = signature.Parameters;
        return new FragmentEndpoint(definition, async context =>
        {
            var values = signature.Read(context);
            var result = values.Problems.IsEmpty
                ? await ComponentRendering.RenderAsync(context, component, values)
                : FragmentResults.BadRequest(string.Join(' ', values.Problems)) with { Refused = values.Refused };
            await result.ExecuteAsync(context);
        });
    }

    /// <summary>The handler as ASP.NET Core would run it, except that unreadable parameters can be told apart and explained.</summary>
    private static RequestDelegate Bind(Delegate handler, RoutePattern pattern, IServiceProvider services)
    {
        var endpoint = new RouteEndpointBuilder(null, pattern, 0) { ApplicationServices = services };
        endpoint.FilterFactories.Add(ParameterValidation.Create);
        return RequestDelegateFactory.Create(handler, new RequestDelegateFactoryOptions
        {
            ServiceProvider = services,
            RouteParameterNames = pattern.Parameters.Select(static parameter => parameter.Name),
            ThrowOnBadRequest = true,
            DisableInferBodyFromParameters = true,
            EndpointBuilder = endpoint,
        }).RequestDelegate;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var aborted = context.RequestAborted;
        var deadline = FragmentDeadline.Of(context.Request);
        using var late = deadline is { } time
            ? new CancellationTokenSource(time, context.RequestServices.GetRequiredService<TimeProvider>())
            : null;
        using var either = late is null ? null : CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        if (either is not null)
        {
            context.RequestAborted = either.Token;
        }

        try
        {
            await handler(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await FragmentResponse.WriteTextAsync(context, exception.StatusCode, Explain(exception), aborted, Unread(exception));
        }
        catch (Exception) when (aborted.IsCancellationRequested)
        {
            // Nobody is listening any more.
        }
        catch (OperationCanceledException) when (late is { IsCancellationRequested: true } && !context.Response.HasStarted)
        {
            Log(context).DeadlinePassed(definition.Name, deadline!.Value.TotalMilliseconds);
            await FragmentResponse.WriteTextAsync(
                context, StatusCodes.Status503ServiceUnavailable, "The fragment was not ready in the time it was given.", aborted);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Log(context).FragmentFailed(exception, definition.Name);
            var isDevelopment = context.RequestServices.GetRequiredService<IWebHostEnvironment>().IsDevelopment();
            await FragmentResponse.WriteTextAsync(
                context,
                StatusCodes.Status500InternalServerError,
                isDevelopment ? $"The fragment {definition.Name} failed.\n\n{exception}" : "The fragment failed.",
                aborted);
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }

    private static ILogger Log(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Stitcher.Fragments");

    // The framework says which one only in its sentence: Failed to bind parameter "int page" from "x".
    private ImmutableArray<string> Unread(BadHttpRequestException exception)
    {
        var name = exception.Message.Split('"') is [_, var described, ..] ? described.Split(' ')[^1] : "";
        return [.. definition.Parameters.Select(static parameter => parameter.Name).Where(known => known == name)];
    }

    private string Explain(BadHttpRequestException exception)
    {
        var expected = definition.Parameters.IsEmpty
            ? "It takes no parameters."
            : $"It takes {string.Join(", ", definition.Parameters)}.";
        return $"The fragment {definition.Name} cannot read its request. {exception.Message} {expected}";
    }
}
