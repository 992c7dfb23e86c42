namespace Stitcher.Configuration;

/// <summary>A text that does not belong into settings, and where it is found: <c>env:NAME</c> or <c>file:/absolute/path</c>.</summary>
internal static class SecretReference
{
    /// <summary>The fewest bytes of a key: as many as HMAC-SHA-256 gives (RFC 2104, section 3).</summary>
    public const int FewestBytes = 32;

    private const string FromEnvironment = "env:";
    private const string FromFile = "file:";

    public static bool IsReference(string written) =>
        written.StartsWith(FromEnvironment, StringComparison.Ordinal) || written.StartsWith(FromFile, StringComparison.Ordinal);

    /// <returns>What a reference leads to, or what is no reference as it is; null and what is wrong with the reference.</returns>
    public static string? ReadText(string written, out string? complaint)
    {
        complaint = null;
        if (written.StartsWith(FromEnvironment, StringComparison.Ordinal))
        {
            var variable = written[FromEnvironment.Length..];
            var value = variable.Length == 0 ? null : Environment.GetEnvironmentVariable(variable);
            complaint = value is null ? $"there is no environment variable '{variable}'" : null;
            return value?.Trim();
        }

        if (!written.StartsWith(FromFile, StringComparison.Ordinal))
        {
            return written.Trim();
        }

        var path = written[FromFile.Length..];
        try
        {
            if (Path.IsPathFullyQualified(path))
            {
                return File.ReadAllText(path).Trim();
            }

            complaint = $"the path '{path}' is not absolute";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            complaint = $"the file '{path}' cannot be read";
        }

        return null;
    }

    /// <returns>The key that a reference leads to; null and what is wrong.</returns>
    public static byte[]? ReadKey(string written, out string? complaint)
    {
        if (!IsReference(written))
        {
            complaint = "the value is no reference to a key";
            return null;
        }

        if (ReadText(written, out complaint) is not { } text)
        {
            return null;
        }

        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length) && length >= FewestBytes)
        {
            return bytes[..length];
        }

        complaint = "what it leads to is too short or no base64";
        return null;
    }
}
