using Yarp.ReverseProxy.Configuration;

namespace Stitcher.Configuration;

/// <summary>Tells when the reverse proxy has taken up a change, so that no page points at a cluster that is not there yet.</summary>
internal sealed class ProxyConfigApplied : IConfigChangeListener
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the next change that is taken up or refused.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
    }

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception) => Complete();

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs) => Complete();

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception) => Complete();

    private void Complete() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
