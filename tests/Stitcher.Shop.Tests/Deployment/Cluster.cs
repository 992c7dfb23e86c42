using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Stitcher.Shop.Tests.Deployment;

/// <summary>What <c>deploy/kubernetes</c> puts into a cluster.</summary>
internal static class Cluster
{
    public static JsonObject Kustomization { get; } = DeployFiles.Yaml("kubernetes/kustomization.yaml");

    /// <summary>The manifests' files, from <c>deploy/kubernetes</c>.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Kustomization["resources"].Texts().Where(resource => resource.EndsWith(".yaml", StringComparison.Ordinal))];

    /// <summary>Everything in them, read as strictly as a server reads it: a key that Kubernetes does not know is an error.</summary>
    public static IReadOnlyList<object> Objects { get; } = [.. Files.SelectMany(Read)];

    public static IReadOnlyList<V1Deployment> Deployments { get; } = [.. Objects.OfType<V1Deployment>()];

    public static IReadOnlyList<V1Service> Services { get; } = [.. Objects.OfType<V1Service>()];

    /// <summary>The secrets that must be there, with their keys.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Secrets { get; } = Read("secrets.example.yaml").Cast<V1Secret>()
        .ToDictionary(secret => secret.Metadata.Name, secret => (IReadOnlyList<string>)[.. secret.StringData.Keys]);

    /// <summary>The maps that kustomize makes, with their keys.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ConfigMaps { get; } = ((JsonObject[])[Kustomization, DeployFiles.Yaml("nginx/kustomization.yaml"), DeployFiles.Yaml("redis/kustomization.yaml")])
        .SelectMany(kustomization => (JsonArray)kustomization["configMapGenerator"]!)
        .ToDictionary(
            map => map!["name"]!.GetValue<string>(),
            map => (IReadOnlyList<string>)[.. map!["files"].Texts().Select(file => Path.GetFileName(file)), .. map["literals"].Texts().Select(literal => literal.Split('=')[0])]);

    /// <summary>The gateway's settings file.</summary>
    public static JsonNode Settings { get; } = JsonNode.Parse(DeployFiles.Text("kubernetes/appsettings.Production.json"))!;

    public static V1Deployment Deployment(string name) => Deployments.Single(deployment => deployment.Metadata.Name == name);

    /// <summary>A deployment's only container.</summary>
    public static V1Container Container(string name) => Deployment(name).Spec.Template.Spec.Containers.Single();

    /// <summary>Its probes, with the port's number.</summary>
    public static IEnumerable<(string Path, int Port)> Probes(string name)
    {
        var container = Container(name);
        return ((V1Probe?[])[container.StartupProbe, container.ReadinessProbe, container.LivenessProbe])
            .Select(probe => probe?.HttpGet)
            .OfType<V1HTTPGetAction>()
            .Select(probe => (probe.Path, Number(container, probe.Port)));
    }

    /// <summary>The number of a port that is given by name or number.</summary>
    public static int Number(V1Container container, IntOrString port) =>
        int.TryParse(port.Value, out var number) ? number : container.Ports.Single(named => named.Name == port.Value).ContainerPort;

    public static IReadOnlyList<object> Read(string file) => KubernetesYaml.LoadAllFromString(DeployFiles.Text($"kubernetes/{file}"), strict: true);
}
