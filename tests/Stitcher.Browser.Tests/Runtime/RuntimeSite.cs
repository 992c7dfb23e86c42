using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests.Runtime;

/// <summary>A site of two services whose fragments live in the browser, one for all tests.</summary>
public sealed class RuntimeSite : IAsyncLifetime
{
    private const string ManifestPath = "/.well-known/stitcher.json";

    // Writes down what becomes of it, so that a test can look.
    private const string Counter =
        """
        import { emit } from '@stitcher/bus';
        const told = globalThis.told ??= [];
        export default (root, { signal, refresh, fragment }) => {
          told.push(`start ${root.id}`);
          root.refresh = refresh;
          const button = root.querySelector('button');
          button?.addEventListener('click', () => { root.dataset.clicks = Number(root.dataset.clicks ?? 0) + 1; emit('counted', root.id); }, { signal });
          return () => told.push(`end ${root.id} ${signal.aborted}`);
        };
        """;

    private readonly Dictionary<string, string> _modules = new(StringComparer.Ordinal)
    {
        ["counter.js"] = Counter,
        ["seen.js"] = Counter + "// Bytes of its own: the gateway keeps equal ones once.",
        ["missing.js"] = "export default () => {};",
        ["throwing.js"] = "export default () => { if (!globalThis.mended) throw new Error('no good'); };",
        ["hanging.js"] = "export default () => globalThis.mended ? undefined : new Promise(() => {});",
        ["own.js"] = "globalThis.ownStarted = (globalThis.ownStarted ?? 0) + 1;",
    };

    private ScriptedService? _shop;
    private ScriptedService? _late;
    private GatewayUnderTest? _gateway;

    public ScriptedService Shop => _shop!;

    public GatewayUnderTest Gateway => _gateway!;

    /// <summary>Answers of the late fragment wait for it.</summary>
    public Gate Late { get; set; } = new();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _shop = await ScriptedService.StartAsync();
        _late = await ScriptedService.StartAsync();
        foreach (var (file, code) in _modules)
        {
            _shop.Answers("/assets/" + file, Answer.Of("text/javascript", Encoding.UTF8.GetBytes(code)));
        }

        _shop.Answers("/assets/second.css", Answer.Of("text/css", "#second { border-top: 7px solid; }"u8.ToArray()));
        _shop.Answers("/counter", request => Counted(request));
        _shop.Answers("/second", "<section id=\"second\" data-module=\"shop/Second\" data-hydrate=\"idle\" data-topics='{\"breadcrumbs\":[{\"name\":\"Two\",\"href\":\"/two\"}]}'><button>b</button></section>");
        foreach (var name in (string[])["load", "visible", "idle", "interaction"])
        {
            _shop.Answers("/" + name, $"<section id=\"{name}\" data-module=\"shop/{Upper(name)}\" data-hydrate=\"{name}\"><button type=\"button\">{name}</button></section>");
        }

        _shop.Answers("/missing", "<section id=\"missing\" data-module=\"shop/Missing\"><p>from the server</p></section>");
        _shop.Answers("/throwing", "<section id=\"throwing\" data-module=\"shop/Throwing\"><p>from the server</p></section>");
        _shop.Answers("/hanging", "<section id=\"hanging\" data-module=\"shop/Hanging\" data-timeout=\"200\"><p>from the server</p></section>");
        _shop.Answers("/form", request => Answer.Html("<section id=\"form\" data-fragment=\"/_f/shop/Form\"><form method=\"post\" action=\"/form\" data-live><label>Price <input name=\"price\" value=\"x\"></label><p id=\"price-error\" data-error-for=\"price\"></p><div class=\"form-message\" role=\"alert\"></div><button>Save</button></form></section>"));
        _shop.AnswersBody("/form-post", body => body.Contains("price=12", StringComparison.Ordinal)
            ? Json("""{"ok":true,"location":"/two","topics":{"shoppingCart":[{"id":1}],"cart:item-added":{"id":1}}}""")
            : Json("""{"ok":false,"errors":{"price":"A price is a number."},"message":"Please look again."}""").WithStatus(422));
        _shop.Answers("/user", request => Answer.Html($"<p id=\"user\">asked {_shop.Count("/user")}</p>"));
        // It holds what looks like the end of a late part, and more behind it than comes at once.
        _late.Answers("/late", request => Answer.Html(
            $"<section id=\"late\" data-module=\"shop/Load\"><p title='(document.currentScript))(document.currentScript)</script>'>{new string('x', 300_000)}</p><button>late</button></section>").After(Late));
        _shop.Answers(ManifestPath, Answer.Of("application/json", Encoding.UTF8.GetBytes(Manifest().ToJsonString())));
        _gateway = await GatewayUnderTest.StartAsync(setup => Write(setup));
        await Eventually.HoldsAsync(async () => (await _gateway.GetAsync("/")).Contains("shop/Counter", StringComparison.Ordinal), "the map has the service");
        foreach (var file in _modules.Keys)
        {
            await _shop.HasReceivedAsync("/assets/" + file);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Late.Open();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        await _shop!.DisposeAsync();
        await _late!.DisposeAsync();
    }

    /// <summary>Opens a page and waits until its fragments have started.</summary>
    internal async Task OpenAsync(Window window, string path)
    {
        await window.GoAsync(new Uri(Gateway.Address, path));
        await window.Page.WaitForSelectorAsync("html[data-live=ready]");
    }

    /// <summary>Opens a page and waits until links lead on without leaving it.</summary>
    internal async Task OpenSoftAsync(Window window, string path)
    {
        await OpenAsync(window, path);
        await window.Page.WaitForSelectorAsync("[data-live-region]", new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await window.EvaluateAsync<string>("globalThis.sameDocument = 'yes'");
    }

    private static Answer Counted(ReceivedRequest request)
    {
        var n = request.Target.Contains("n=", StringComparison.Ordinal) ? request.Target.Split("n=")[1].Split('&')[0] : "1";
        return n == "9"
            ? Answer.Status(503)
            : Answer.Html($"<section id=\"counter\" data-module=\"shop/Counter\" data-fragment=\"/_f/shop/Counter?n={n}\" data-topics='{{\"selectedProducts\":[{n}]}}'><p>number {n}</p><input name=\"q\"><button type=\"button\">count</button></section>");
    }

    private static Answer Json(string json) => Answer.Of("application/json", Encoding.UTF8.GetBytes(json));

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static void Write(GatewaySetup setup, ScriptedService shop, ScriptedService late)
    {
        string Layout(string title, string main, string head = "") =>
            $"""
            <!doctype html>
            <html lang="en" class="site"><head><meta charset="utf-8"><title>{title}</title><meta name="description" content="About {title}"><link rel="icon" href="data:,">{head}</head>
            <body class="{title}"><nav><a id="to-one" href="/">One</a> <a id="to-two" href="/two">Two</a> <a id="to-late" href="/late">Late</a> <a id="to-own" href="/own">Own</a> <a id="to-plain" href="/plain" data-no-soft>Plain</a> <a id="to-gone" href="/nothing-there">Gone</a></nav>
            <main><h1>{title}</h1>{main}<p class="tall"></p></main></body></html>
            """;

        // What a page waits for comes at its time on a busy machine, too.
        const string Whole = "1m";
        setup
            .Service("shop", shop.Address).With("Manifest", ManifestPath).With("Trust", "App").With("Resilience:OptionalTimeout", "50s").With("Resilience:DecidingTimeout", "50s")
            .Service("other", late.Address, "Late=/late").With("Trust", "App")
            .Set("Stitcher:Federation:PollInterval", "100ms")
            .Page("/", Layout("One", "<fragment src=\"shop/Counter?n={query.n=1}\"></fragment>"), ("Deadline", Whole))
            .Page("/two", Layout("Two", "<fragment src=\"shop/Second\"></fragment>"), ("Deadline", Whole))
            .Page("/moments", Layout("Moments", "<fragment src=\"shop/Load\"></fragment><fragment src=\"shop/Idle\"></fragment><fragment src=\"shop/Interaction\"></fragment><table class=\"far\"><tbody>" + string.Concat(Enumerable.Repeat("<tr><td><br><br><br><br><br><br><br><br><br><br></td></tr>", 20)) + "</tbody></table><fragment src=\"shop/Visible\"></fragment>"), ("Deadline", Whole))
            .Page("/broken", Layout("Broken", "<fragment src=\"shop/Missing\"></fragment><fragment src=\"shop/Throwing\"></fragment><fragment src=\"shop/Hanging\"></fragment><fragment src=\"shop/Counter\"></fragment>"), ("Deadline", Whole))
            .Page("/late", Layout("Late", "<fragment src=\"other/Late\" defer timeout=\"50s\"><p id=\"waiting\">waiting</p></fragment><fragment src=\"shop/Second\"></fragment>"), ("Deadline", Whole))
            .Page("/own", Layout("Own", "<p>own</p>", "<script>globalThis.own = true</script>"), ("Deadline", Whole))
            .Page("/plain", Layout("Plain", "<p>plain</p>"), ("Deadline", Whole))
            .Page("/form", Layout("Form", "<fragment src=\"shop/Form\" primary></fragment><fragment src=\"shop/User\"></fragment>"), ("Deadline", Whole))
            .ProxyRoute("form", "/form", "shop", "POST");
        setup.Set("ReverseProxy:Routes:form:Transforms:0:PathSet", "/form-post");
    }

    private void Write(GatewaySetup setup) => Write(setup, Shop, _late!);

    private JsonObject Manifest()
    {
        JsonObject Exposed(string name, string? module, string fragment, string? hydrate = null, bool isPublic = false, params string[] css) => new()
        {
            ["key"] = "./" + name,
            ["module"] = module,
            ["fragment"] = fragment,
            ["hydrate"] = hydrate,
            ["public"] = isPublic,
            ["parameters"] = isPublic ? new JsonArray("n", "q") : null,
            ["css"] = new JsonArray([.. css.Select(file => JsonValue.Create(file))]),
        };
        var modules = new JsonObject();
        foreach (var (file, code) in _modules)
        {
            modules[file] = new JsonObject { ["integrity"] = "sha384-" + Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(code))), ["imports"] = code.Contains("@stitcher/bus", StringComparison.Ordinal) ? new JsonArray("@stitcher/bus") : null };
        }

        return new JsonObject
        {
            ["schema"] = 1,
            ["name"] = "shop",
            ["revision"] = "r1",
            ["exposes"] = new JsonArray(
                Exposed("Counter", "counter.js", "/counter", isPublic: true),
                Exposed("Second", "counter.js", "/second", "idle", false, "second.css"),
                Exposed("Load", "counter.js", "/load"),
                Exposed("Visible", "seen.js", "/visible", "visible"),
                Exposed("Idle", "counter.js", "/idle", "idle"),
                Exposed("Interaction", "counter.js", "/interaction", "interaction"),
                Exposed("Missing", "missing.js", "/missing"),
                Exposed("Throwing", "throwing.js", "/throwing"),
                Exposed("Hanging", "hanging.js", "/hanging"),
                Exposed("Form", null, "/form", isPublic: true),
                Exposed("User", null, "/user")),
            ["modules"] = modules,
            ["events"] = new JsonObject { ["publishes"] = new JsonArray(new JsonObject { ["topic"] = "counted" }) },
        };
    }
}
