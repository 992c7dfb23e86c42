using System.Security.Claims;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Stitcher.Fragments.Identity;

/// <summary>What a service's settings say of who asks.</summary>
internal static class StitcherIdentitySettings
{
    private const string Section = "Identity";
    private const string DemoUser = "DemoUser";
    private const string FromEnvironment = "env:";
    private const string FromFile = "file:";

    /// <summary>Fills the options.</summary>
    /// <returns>False when the settings know nobody: there is neither a key nor, in Development, a demonstration's user.</returns>
    /// <exception cref="InvalidOperationException">A file that should hold the key cannot be read.</exception>
    public static bool Fill(StitcherIdentityOptions options, IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection(Section);
        foreach (var key in new[] { section["Key"] }.Concat(section.GetSection("Keys").GetChildren().Select(child => child.Value)).Select(Read))
        {
            if (!string.IsNullOrWhiteSpace(key))
            {
                options.Keys.Add(key.Trim());
            }
        }

        options.Issuer = section["Issuer"] ?? options.Issuer;

        // A key means a gateway, and then only its word counts.
        if (options.Keys.Count == 0 && environment.IsDevelopment())
        {
            options.DemoUser = [.. configuration.GetSection(DemoUser).GetChildren().Where(child => child.Value is { Length: > 0 }).Select(child => new Claim(child.Key.ToLowerInvariant(), child.Value!))];
        }

        return options.Keys.Count > 0 || options.DemoUser.Length > 0;
    }

    private static string? Read(string? written)
    {
        if (written?.StartsWith(FromEnvironment, StringComparison.Ordinal) == true)
        {
            return Environment.GetEnvironmentVariable(written[FromEnvironment.Length..]);
        }

        if (written?.StartsWith(FromFile, StringComparison.Ordinal) != true)
        {
            return written;
        }

        try
        {
            return File.ReadAllText(written[FromFile.Length..]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{Section}:Key leads to the file '{written[FromFile.Length..]}', which cannot be read; expected the gateway's key there.", exception);
        }
    }
}
