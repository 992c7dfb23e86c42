namespace Stitcher.Federation.Manifests;

/// <summary>A part of a manifest that was refused, and why.</summary>
/// <param name="Code">One of <see cref="FederationCodes"/>.</param>
/// <param name="Subject">Where it stands in the manifest, for example <c>exposes[2].module</c>; empty for the manifest as a whole.</param>
/// <param name="Message">What was found and what was expected, in one sentence.</param>
public sealed record ManifestProblem(string Code, string Subject, string Message);
