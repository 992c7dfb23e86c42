using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Stitcher.TestKit;

/// <summary>A program of this repository as a process of its own, as it was built together with the tests.</summary>
/// <remarks>It listens on a port of its own choice, keeps its data in a folder of its own, and ends with the test.</remarks>
public sealed class ServiceProcess : IAsyncDisposable
{
    /// <summary>The variable that is <c>true</c> for a process whose settings are changed while it runs: others do not watch their files.</summary>
    public const string ReloadsSettings = "DOTNET_hostBuilder__reloadConfigOnChange";

    private const string Announcement = "Now listening on: ";

    // Linux's numbers (signal(7)).
    private const int TerminateSignal = 15;
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;

    private static readonly string[] AnyPort = ["--urls", "http://127.0.0.1:0"];

    // From the first instruction to the listener: where all suites begin at once, a start has taken more than half a minute.
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Action<string>? _heard;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(Process process, Action<string>? heard)
    {
        _process = process;
        _heard = heard;
    }

    /// <summary>What the gateway signs with and services know it by, in base64: every process that the tests start has it.</summary>
    public static string IdentityKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The operating system's number for it.</summary>
    public int Id => _process.Id;

    /// <summary>Where it listens, with a port on the loopback address.</summary>
    public Uri Address { get; private set; } = new("about:blank");

    /// <summary>A client that follows no redirects and has <see cref="Address"/> as its base.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>What it has written to its output and error output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a project's program and waits until it listens.</summary>
    /// <param name="project">The project's folder from the repository's root: <c>fragments/ProductService</c>.</param>
    /// <param name="environment">Variables besides those of the tests.</param>
    /// <param name="arguments">Its arguments. Default: <c>--urls http://127.0.0.1:0</c>.</param>
    /// <param name="heard">Takes each line that it writes from then on, in place of <see cref="Output"/>, which ends with the start: a long run says a lot.</param>
    /// <exception cref="InvalidOperationException">It ended before it listened; the message holds what it said.</exception>
    public static Task<ServiceProcess> StartAsync(
        string project,
        IReadOnlyDictionary<string, string>? environment = null,
        IReadOnlyList<string>? arguments = null,
        Action<string>? heard = null) =>
        ListeningAsync(Launch(AssemblyOf(project), FolderOf(project), environment, arguments ?? AnyPort, heard), project);

    /// <summary>Starts a program as it was published, from its own folder, and waits until it listens.</summary>
    /// <param name="assembly">Its assembly.</param>
    /// <param name="environment">Variables besides those of the tests.</param>
    /// <param name="arguments">Its arguments. Default: <c>--urls http://127.0.0.1:0</c>.</param>
    /// <exception cref="InvalidOperationException">It ended before it listened; the message holds what it said.</exception>
    public static Task<ServiceProcess> StartPublishedAsync(
        string assembly, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyList<string>? arguments = null) =>
        ListeningAsync(Launch(assembly, Path.GetDirectoryName(assembly)!, environment, arguments ?? AnyPort, heard: null), assembly);

    /// <summary>Runs a project's program that is expected to end by itself.</summary>
    /// <returns>Its exit code and what it said.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(
        string project, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyList<string>? arguments = null)
    {
        await using var service = Launch(AssemblyOf(project), FolderOf(project), environment, arguments ?? AnyPort, heard: null);
        using var deadline = new CancellationTokenSource(Start);
        await service._process.WaitForExitAsync(deadline.Token);
        return (service._process.ExitCode, service.Output);
    }

    /// <summary>Holds it as a machine without a free processor would: its port stays open, nothing answers. Linux only.</summary>
    /// <remarks>Returns when each of its threads stands still: until then one that is at work may still answer.</remarks>
    public void Pause()
    {
        Signal(StopSignal);
        SpinWait.SpinUntil(StandsStill, Eventually.Deadline);
    }

    /// <summary>Lets it run on.</summary>
    public void Resume() => Signal(ContinueSignal);

    // The state is the first field behind the name's bracket (proc(5)).
    private bool StandsStill()
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{_process.Id}/task").All(static thread =>
                File.ReadAllText(Path.Combine(thread, "stat")) is var stat && stat[stat.LastIndexOf(')') + 2] == 'T');
        }
        catch (IOException)
        {
            // A thread ended between the two looks.
            return false;
        }
    }

    /// <summary>Asks it to end, as an orchestrator does.</summary>
    public void Terminate() => Signal(TerminateSignal);

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var deadline = new CancellationTokenSource(Start);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it as an outage would: at once, without a farewell.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM), as a deployment does, and waits until it has.</summary>
    public async Task TerminateAsync()
    {
        Signal(TerminateSignal);
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client.Dispose();
        _process.Dispose();
    }

    private static async Task<ServiceProcess> ListeningAsync(ServiceProcess service, string what)
    {
        try
        {
            service.Address = await service._address.Task.WaitAsync(Start);
        }
        catch (Exception e)
        {
            await service.DisposeAsync();
            throw new InvalidOperationException($"{what} did not come to listen ({e.Message}). It said:\n{service.Output}", e);
        }

        service.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = Eventually.Deadline }) { BaseAddress = service.Address };
        return service;
    }

    private static string FolderOf(string project) => Path.Combine(Repository.Root, project);

    private static string AssemblyOf(string project)
    {
        var folder = FolderOf(project);
        var name = Directory.EnumerateFiles(folder, "*.csproj").Select(Path.GetFileNameWithoutExtension).Single();
        var assembly = Path.Combine(folder, Repository.BuildOutput, name + ".dll");
        return File.Exists(assembly)
            ? assembly
            : throw new InvalidOperationException($"{assembly} is missing: the tests' project must refer to {project}, so that it is built with it.");
    }

    private static ServiceProcess Launch(
        string assembly, string folder, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> arguments, Action<string>? heard)
    {
        var start = new ProcessStartInfo(DotnetHost())
        {
            ArgumentList = { assembly },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        start.Environment["STITCHER_IDENTITY_KEY"] = IdentityKey;

        // Systems give a user few file watchers (Linux often 128 of them), and many processes run at once here. Who changes settings while one runs says so.
        start.Environment[ReloadsSettings] = "false";
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        var service = new ServiceProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, heard);
        service._process.OutputDataReceived += (_, line) => service.Hear(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Hear(line.Data);
        service._process.Exited += (_, _) => service._address.TrySetException(new InvalidOperationException("it ended"));
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        _heard?.Invoke(line);
        if (_heard is null || !_address.Task.IsCompleted)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }

        // The log's form (one line, two lines, coloured) is the program's choice; the sentence is not.
        if (line.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var at
            && Uri.TryCreate(line[(at + Announcement.Length)..].Trim(), UriKind.Absolute, out var address))
        {
            _address.TrySetResult(address);
        }
    }

    /// <summary>The host the tests run on: the one on the path may be another, or none.</summary>
    private static string DotnetHost() => Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private void Signal(int signal)
    {
        if (Kill(Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} could not be sent to process {Id} (errno {Marshal.GetLastPInvokeError()}): has it ended?");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
