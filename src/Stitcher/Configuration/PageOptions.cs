using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>A page: a route with a layout.</summary>
public sealed class PageOptions
{
    /// <summary>The page's name in plans, logs and metrics.</summary>
    /// <value>Required; unique among pages, where case does not count.</value>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The route, in ASP.NET Core's pattern language: <c>/products/{id:int}</c>.</summary>
    /// <value>Required. Begins with <c>/</c>, but not with the gateway's own <c>/_s</c>, <c>/_f</c> or <c>/_stitcher</c>. Unique among pages: case, a slash at
    /// the end and the names of parameters do not tell two routes apart.</value>
    [Required]
    public string Route { get; set; } = "";

    /// <summary>The layout file.</summary>
    /// <value>Required. A path relative to <see cref="StitcherOptions.LayoutRoot"/> that stays inside it.</value>
    [Required]
    public string Layout { get; set; } = "";

    /// <summary>How the page leaves the gateway.</summary>
    /// <value>Default: <see cref="PageDelivery.Auto"/>.</value>
    public PageDelivery Delivery { get; set; } = PageDelivery.Auto;

    /// <summary>The longest time a browser or a cache in front may keep the page, whatever its fragments allow.</summary>
    /// <value>0 (nobody keeps it) to 365 days. Default: 1 day. The page is never kept longer than its most short-lived fragment.</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan LongestFreshness { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The languages that fragments of services with <see cref="ForwardOptions.Language"/> may be asked for; the first for browsers that want none of them.</summary>
    /// <value>Language tags such as <c>en</c> and <c>de-AT</c>. Default: the language of the layout's <c>html</c> tag alone, and without one no language is sent.</value>
    public IList<string> Languages { get; } = [];

    /// <summary>What becomes of a request that gives one of the query parameters that the page's slots read more than once.</summary>
    /// <value>Default: <see cref="RepeatedParameters.Refuse"/>. Parameters that no slot reads are of no consequence.</value>
    public RepeatedParameters RepeatedParameters { get; set; } = RepeatedParameters.Refuse;

    /// <summary>Services whose modules the layout's own scripts import, besides those whose fragments the page shows.</summary>
    /// <value>Names of services. Default: none. Only of consequence when the map is too large to be sent whole (<see cref="FederationOptions.WholeMapEntries"/>).</value>
    public IList<string> Imports { get; } = [];

    /// <summary>Whether <c>style</c> attributes work on the page. The page's Content-Security-Policy forbids them otherwise.</summary>
    /// <value>Default: <c>false</c>.</value>
    public bool InlineStyleAttributes { get; set; }

    /// <summary>Whether the answer to a form of this page is shown in the page: the HTML that a route of the reverse proxy answers to <c>POST</c>,
    /// <c>PUT</c>, <c>PATCH</c> or <c>DELETE</c> on the page's address takes the place of the primary fragment.</summary>
    /// <value>Default: <c>false</c>, the answer goes to the browser as it is. Needs a primary slot in the layout. Redirects and answers that are not HTML go to
    /// the browser as they are in any case.</value>
    public bool ComposeResponse { get; set; }

    /// <summary>The time in which every fragment of the page must have been fetched.</summary>
    /// <value>50 ms to 60 s. Default: 2 s, a person's patience. A slot's own time beyond it is cut to it.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(2);
}
