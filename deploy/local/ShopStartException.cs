namespace Stitcher.Local;

/// <summary>The shop could not be opened. The message is one sentence for the person who tried.</summary>
internal sealed class ShopStartException(string message) : Exception(message);
