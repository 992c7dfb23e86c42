using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stitcher.Federation;
using Stitcher.Fragments.Forms;
using Stitcher.Fragments.Publishing;
using Stitcher.Fragments.Serving;

namespace Stitcher.Fragments;

/// <summary>The request a fragment is made for. A handler gets one by having a parameter of this type.</summary>
public sealed class FragmentContext
{
    private readonly string _assets;
    private readonly FormTokens _forms;
    private readonly string _service;
    private readonly HttpContext _context;

    private FragmentContext(HttpContext context, FragmentServiceOptions options)
    {
        _context = context;
        _service = options.Service;
        User = context.User;
        _forms = context.RequestServices.GetRequiredService<FormTokens>();
        _assets = FragmentAddress.Relative(context.Request.Path, options.AssetBase);
        Address = context.Request.Headers[FragmentHeaders.Fragment] is [{ Length: > 0 } address, ..] ? address : null;
        Attempt = int.TryParse(
            context.Request.Headers[FragmentHeaders.Attempt], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : 1;
        TimeLeft = FragmentDeadline.Of(context.Request);
    }

    /// <value>The fragment's address as the gateway calls it (<c>service/Name</c>); null when nobody but a person asks.</value>
    public string? Address { get; }

    /// <value>Who asks, as the gateway's signed token says; nobody (not authenticated) without <c>AddStitcherIdentity</c> or without a token.</value>
    public ClaimsPrincipal User { get; }

    /// <value>1 for a first request, 2 for its repetition.</value>
    public int Attempt { get; }

    /// <value>What the gateway left for the whole answer when it asked. Null when it set no limit.</value>
    /// <remarks>The request's token is cancelled when this time is over.</remarks>
    public TimeSpan? TimeLeft { get; }

    /// <summary>The address of one of the service's files, relative to the fragment, as it works both here and through a gateway.</summary>
    /// <param name="file">A file below the asset base, for example <c>pictures/7.svg</c>.</param>
    public string Asset(string file)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        return _assets + file;
    }

    /// <summary>The hidden field that goes into every form of the service, so that no page of somebody else can send it: <c>RequireFormToken</c> looks for it.</summary>
    /// <param name="form">The form's name, the same as given to <c>RequireFormToken</c>.</param>
    /// <returns>A field that is good for 12 h, for whoever asks, until they sign in or out. A fragment that has one is nobody else's: what <c>CacheFor</c> says of it counts only beside <c>Private</c>.</returns>
    public FragmentMarkup FormToken(string form)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(form);
        _context.Items[FormTokens.Written] = true;
        return FragmentMarkup.Html($"""<input type="hidden" name="{Forms.FormToken.Field}" value="{_forms.For(form, User)}">""");
    }

    /// <summary>
    /// The attributes for the fragment's root element by which a gateway's browser modules know it: <c>data-module</c> and <c>data-hydrate</c> when it has a module,
    /// <c>data-fragment</c> with the parameters of this request when it is open to browsers. For a hole between attributes: <c>&lt;section {context.Marks()}&gt;</c>.
    /// </summary>
    /// <returns>No attribute where the request is for no fragment, such as a form's.</returns>
    public FragmentAttributes Marks() =>
        new(_context.GetEndpoint()?.Metadata.GetMetadata<FragmentDefinition>() is { } definition ? BrowserMarks.Of(definition, _context.Request, _service) : []);

    /// <summary>The same for a fragment that is written in answer to another request, such as a form's.</summary>
    /// <param name="fragment">The fragment's name.</param>
    /// <exception cref="ArgumentException">No fragment of the name was mapped.</exception>
    public FragmentAttributes Marks(string fragment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fragment);
        var definition = _context.RequestServices.GetRequiredService<FragmentManifest>().Fragments.Select(static pair => pair.Definition).FirstOrDefault(each => each.Name == fragment)
            ?? throw new ArgumentException($"There is no fragment '{fragment}'; expected the name that it was mapped with.", nameof(fragment));
        return new FragmentAttributes(BrowserMarks.Of(definition, _context.Request, _service));
    }

    /// <summary>
    /// The attribute <c>data-topics</c> for the fragment's root element: values of shared topics that whoever listens in the page finds, such as
    /// <c>context.Topics(new { shoppingCart = lines })</c>.
    /// </summary>
    /// <param name="topics">An object with a property, or a dictionary with an entry, for each topic. Written as JSON in camel case.</param>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Written beside Marks() in a fragment's tag, it reads as one with it.")]
    public FragmentAttribute Topics(object topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return BrowserMarks.TopicsOf(topics);
    }

    /// <summary>For code that has a request and no handler's parameters, such as what shows a form again when its token does not hold.</summary>
    /// <param name="context">The request.</param>
    public static FragmentContext Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new FragmentContext(context, context.RequestServices.GetRequiredService<IOptions<FragmentServiceOptions>>().Value);
    }

    /// <summary>Called by ASP.NET Core to fill a handler's parameter.</summary>
    public static ValueTask<FragmentContext?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<FragmentContext?>(Of(context));
}
