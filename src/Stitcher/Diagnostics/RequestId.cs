using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stitcher.Diagnostics;

/// <summary>
/// The name of one request: on the error page, in the host's log scopes and in what services are told. Never one that the client chose: two requests
/// must not be able to share a name. That is the trace's where the trace begins here, and the connection's otherwise.
/// </summary>
internal readonly struct RequestId
{
    private readonly Activity? _root;
    private readonly string? _connection;

    private RequestId(HttpContext context)
    {
        var activity = context.Features.Get<IHttpActivityFeature>()?.Activity;
        _root = activity is { ParentId: null, IdFormat: ActivityIdFormat.W3C } ? activity : null;
        _connection = _root is null ? context.TraceIdentifier : null;
    }

    public static RequestId Of(HttpContext context) => new(context);

    public override string ToString() => _root?.TraceId.ToHexString() ?? _connection ?? "";
}
