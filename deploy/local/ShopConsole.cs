namespace Stitcher.Local;

/// <summary>What the person sees: the launcher's own lines, and those of every process with its name in front.</summary>
internal sealed class ShopConsole
{
    private static readonly string[] Colours = ["\e[36m", "\e[33m", "\e[35m", "\e[32m", "\e[34m"];
    private const string Plain = "\e[0m";

    private readonly TextWriter _logs;
    private readonly bool _coloured;
    private readonly Dictionary<string, string> _prefixes = [];

    /// <param name="names">What lines begin with, for padding and colour.</param>
    /// <param name="logsToError">Keeps standard output for the result, as a check wants it.</param>
    public ShopConsole(IReadOnlyList<string> names, bool logsToError)
    {
        NameWidth = names.Max(name => name.Length);
        _logs = logsToError ? Console.Error : Console.Out;
        _coloured = !(logsToError ? Console.IsErrorRedirected : Console.IsOutputRedirected)
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        for (var i = 0; i < names.Count; i++)
        {
            var padded = names[i].PadRight(NameWidth);
            _prefixes[names[i]] = _coloured ? $"{Colours[i % Colours.Length]}{padded} |{Plain} " : $"{padded} | ";
        }
    }

    /// <summary>The longest name's length.</summary>
    public int NameWidth { get; }

    /// <summary>Whether processes may colour their own lines.</summary>
    public bool Coloured => _coloured;

    /// <summary>A line that a process wrote.</summary>
    public void Log(string name, string line) => _logs.WriteLine(_prefixes[name] + line);

    /// <summary>A line about how things stand.</summary>
    public void Say(string line) => _logs.WriteLine(line);

    /// <summary>A line of a check's result; always on standard output.</summary>
    public static void Result(string line) => Console.Out.WriteLine(line);

    /// <summary>A line about something that went wrong; always on standard error.</summary>
    public static void Complain(string line) => Console.Error.WriteLine(line);
}
