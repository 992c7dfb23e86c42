using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Stitcher.TestKit;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>The nginx of this machine with the files of <c>deploy/nginx</c>, its templates filled in as its image does.</summary>
/// <remarks>Where there is none, a test that needs it is skipped; it fails instead when <c>STITCHER_TESTS_REQUIRE</c> contains <c>nginx</c>.</remarks>
internal sealed class NginxServer : IAsyncDisposable
{
    /// <summary>Who is believed about the client: an address of this machine that requests of <see cref="FromBalancer"/> come from.</summary>
    private static readonly IPAddress Balancer = IPAddress.Parse("127.0.0.2");

    private static readonly string? Program = ((string[])[.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"])
        .Select(folder => Path.Combine(folder, "nginx"))
        .FirstOrDefault(File.Exists);

    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private NginxServer(TemporaryFolder folder, Process process, int port, int health)
    {
        (_folder, _process) = (folder, process);
        Address = new Uri($"http://127.0.0.1:{port}/");
        Health = new Uri($"http://127.0.0.1:{health}/");
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address, Timeout = Eventually.Deadline };
        FromBalancer = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectCallback = ConnectAsync }) { BaseAddress = Address, Timeout = Eventually.Deadline };
    }

    /// <summary>Why tests that need it are skipped; null when it is there, and when it must be, so that they fail.</summary>
    public static string? Missing { get; } =
        Program is null && !(Environment.GetEnvironmentVariable("STITCHER_TESTS_REQUIRE") ?? "").Contains("nginx", StringComparison.OrdinalIgnoreCase)
            ? "nginx is neither on the path nor in /usr/sbin; install it to see the shop behind it."
            : null;

    public Uri Address { get; }

    public Uri Health { get; }

    public HttpClient Client { get; }

    /// <summary>Asks as a load balancer in front would.</summary>
    public HttpClient FromBalancer { get; }

    /// <param name="gateways">The value of <c>EDGE_GATEWAY</c>.</param>
    public static async Task<NginxServer> StartAsync(string gateways)
    {
        var folder = new TemporaryFolder();
        var (port, health) = (FreePort.Take(), FreePort.Take());
        WriteFiles(folder, port, health, gateways);

        // Its workers give up rights only when the program has them; the folder must be theirs, too.
        string[] arguments = [.. Arguments(folder), "-g", Environment.UserName == "root" ? "daemon off; user root;" : "daemon off;"];
        var process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new NginxServer(folder, process, port, health);
        try
        {
            await Eventually.HoldsAsync(server.AnswersAsync, "nginx answers");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has nginx read the files with those for HTTPS among them.</summary>
    /// <returns>Its exit code and what it said.</returns>
    public static async Task<(int Code, string Said)> ReadWithTlsAsync()
    {
        using var folder = new TemporaryFolder();
        WriteFiles(folder, FreePort.Take(), FreePort.Take(), "127.0.0.1:3000");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=shop.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(folder.File("certificate"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(folder.File("key"), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(folder.File("conf.d/tls.conf"), Variables.FillIn("nginx/tls/tls.conf.template", new Dictionary<string, string>
        {
            ["EDGE_TLS_PORT"] = $"127.0.0.1:{FreePort.Take()}",
            ["EDGE_REDIRECT_PORT"] = $"127.0.0.1:{FreePort.Take()}",
            ["EDGE_TLS_CERTIFICATE"] = folder.File("certificate"),
            ["EDGE_TLS_KEY"] = folder.File("key"),
        }));

        using var process = Process.Start(new ProcessStartInfo(Program!, [.. Arguments(folder), "-t"]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Client.Dispose();
        FromBalancer.Dispose();
        _folder.Dispose();
    }

    private static string[] Arguments(TemporaryFolder folder) => ["-p", folder.Path, "-c", folder.File("nginx.conf")];

    private static void WriteFiles(TemporaryFolder folder, int port, int health, string gateways)
    {
        var values = new Dictionary<string, string>(ComposeFile.Environment("nginx"))
        {
            ["EDGE_PORT"] = $"127.0.0.1:{port}",
            ["EDGE_HEALTH_PORT"] = $"127.0.0.1:{health}",
            ["EDGE_GATEWAY"] = gateways,
            ["EDGE_TRUSTED"] = $"{Balancer}/32",
            ["EDGE_PAGES"] = Path.Combine(DeployFiles.Folder, "nginx", "pages"),
            ["NGINX_LOCAL_RESOLVERS"] = "127.0.0.1",
        };
        Directory.CreateDirectory(folder.File("conf.d/server"));
        File.Copy(Path.Combine(DeployFiles.Folder, "nginx", "nginx.conf"), folder.File("nginx.conf"));
        foreach (var name in (string[])["stitcher.conf", "server/shop.inc"])
        {
            File.WriteAllText(folder.File($"conf.d/{name}"), Variables.FillIn($"nginx/templates/{name}.template", values));
        }
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"nginx ended: {await _process.StandardError.ReadToEndAsync()}");
        }

        try
        {
            return await Client.GetStringAsync(new Uri(Health, "/health/live")) == "Healthy\n";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(Balancer, 0));
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
