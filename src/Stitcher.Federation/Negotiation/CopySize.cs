using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>What one service's copy of some packages weighs, before compression, if a page loads all of it.</summary>
/// <param name="Bytes">The bytes of its files whose length the manifest tells.</param>
/// <param name="IsComplete">True when it tells the length of all of them.</param>
public readonly record struct CopySize(long Bytes, bool IsComplete)
{
    /// <summary>Adds up the entries of the packages and every file that they import by a path.</summary>
    /// <param name="provider">Whose copy it is.</param>
    /// <param name="packages">The packages.</param>
    public static CopySize Of(PortfolioService provider, ImmutableArray<string> packages)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var modules = provider.Manifest.Modules;
        var isComplete = true;
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(provider.Manifest.Shared.Where(row => packages.Contains(row.Package)).SelectMany(static row => row.Entries.Values));
        var bytes = 0L;
        while (open.TryPop(out var file))
        {
            if (!reached.Add(file))
            {
                continue;
            }

            // Of a folder nobody can say which files pages want.
            var known = file.EndsWith('/') ? null : modules.GetValueOrDefault(file);
            isComplete &= known?.Bytes is not null;
            bytes += known?.Bytes ?? 0;
            foreach (var import in known?.Imports ?? [])
            {
                if (import.StartsWith("./", StringComparison.Ordinal) || import.StartsWith("../", StringComparison.Ordinal))
                {
                    open.Push(Below(file, import));
                }
            }
        }

        return new CopySize(bytes, isComplete && reached.Count > 0);
    }

    private static string Below(string file, string import) =>
        new Uri(new Uri("https://base.invalid/" + file), import).AbsolutePath[1..];
}
