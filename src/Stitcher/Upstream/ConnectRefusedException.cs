namespace Stitcher.Upstream;

/// <summary>A connection that is not even tried; the message is for operators.</summary>
internal sealed class ConnectRefusedException(string message) : IOException(message);
