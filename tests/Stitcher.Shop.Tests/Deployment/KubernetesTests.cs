using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;
using Xunit;

namespace Stitcher.Shop.Tests.Deployment;

public sealed partial class KubernetesTests
{
    public static TheoryData<string> Programs => [.. ShopProgram.All.Select(program => program.Name)];

    public static TheoryData<string> Deployments => [.. Cluster.Deployments.Select(deployment => deployment.Metadata.Name)];

    [Fact]
    public void Every_manifest_is_applied_and_is_one()
    {
        var there = Directory.EnumerateFiles(Path.Combine(DeployFiles.Folder, "kubernetes"), "*.yaml").Select(file => Path.GetFileName(file)).Except(["kustomization.yaml", "secrets.example.yaml"]);
        Assert.Equal(there.Order(StringComparer.Ordinal), Cluster.Files.Order(StringComparer.Ordinal));
        Assert.All(Cluster.Kustomization["resources"].Texts(), resource => Assert.True(Path.Exists(Path.Combine(DeployFiles.Folder, "kubernetes", resource)), resource));
        Assert.All(Cluster.Files, file => Assert.NotEmpty(Cluster.Read(file)));
        Assert.NotEmpty(Cluster.Read("scaling/gateway.yaml"));
        Assert.Equal(Cluster.Kustomization["namespace"]!.GetValue<string>(), Cluster.Objects.OfType<V1Namespace>().Single().Metadata.Name);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_runs_its_image_on_its_ports_with_settings_that_it_has(string name)
    {
        var container = Cluster.Container(name);
        Assert.Equal($"stitcher/{name}", container.Image);
        Assert.Contains(((JsonArray)Cluster.Kustomization["images"]!).Select(image => image!["name"]!.GetValue<string>()), image => image == container.Image);
        Assert.Equal(Dockerfile.Of(name).Ports, container.Ports.Select(port => port.ContainerPort));

        var program = ShopProgram.Named(name);
        var helpers = container.Env.SelectMany(variable => Reference().Matches(variable.Value ?? "")).Select(match => match.Groups["name"].Value).ToArray();
        Assert.All(container.Env.Select(variable => variable.Name).Except(helpers), variable => Assert.Null(SettingName.Problem(program, variable)));
        Assert.Contains(container.VolumeMounts, mount => mount.MountPath == Dockerfile.Of(name).Single("VOLUME").Text);
    }

    [Fact]
    public void The_gateways_settings_file_has_keys_that_the_gateway_has() =>
        Assert.All(SettingName.Keys(Cluster.Settings), key => Assert.Null(SettingName.Problem(ShopProgram.Named("gateway"), key)));

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_variable_that_is_put_into_another_stands_before_it(string name)
    {
        var known = new List<string>();
        foreach (var variable in Cluster.Container(name).Env)
        {
            Assert.All(Reference().Matches(variable.Value ?? ""), match => Assert.Contains(match.Groups["name"].Value, known));
            known.Add(variable.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void What_a_pod_mounts_or_refers_to_is_there(string name)
    {
        var pod = Cluster.Deployment(name).Spec.Template.Spec;
        var container = pod.Containers.Single();
        Assert.Equal(pod.Volumes.Select(volume => volume.Name).Order(StringComparer.Ordinal), container.VolumeMounts.Select(mount => mount.Name).Distinct().Order(StringComparer.Ordinal));
        foreach (var volume in pod.Volumes)
        {
            Assert.True(volume.Secret is null || Cluster.Secrets.ContainsKey(volume.Secret.SecretName), $"{name}: no secret {volume.Secret?.SecretName}");
            Assert.True(volume.ConfigMap is null || Cluster.ConfigMaps.ContainsKey(volume.ConfigMap.Name), $"{name}: no map {volume.ConfigMap?.Name}");
            Assert.All(volume.ConfigMap?.Items ?? [], item => Assert.Contains(item.Key, Cluster.ConfigMaps[volume.ConfigMap!.Name]));
            Assert.All(container.VolumeMounts.Where(mount => mount.Name == volume.Name && mount.SubPath is not null), mount => Assert.Contains(mount.SubPath, Cluster.ConfigMaps[volume.ConfigMap!.Name]));
            Assert.True(
                volume.PersistentVolumeClaim is null || Cluster.Objects.OfType<V1PersistentVolumeClaim>().Any(claim => claim.Metadata.Name == volume.PersistentVolumeClaim.ClaimName),
                $"{name}: nobody claims {volume.PersistentVolumeClaim?.ClaimName}");
        }

        foreach (var source in container.Env.Select(variable => variable.ValueFrom).OfType<V1EnvVarSource>())
        {
            Assert.True(source.SecretKeyRef is null || Cluster.Secrets[source.SecretKeyRef.Name].Contains(source.SecretKeyRef.Key), $"{name}: {source.SecretKeyRef?.Key}");
            Assert.True(source.ConfigMapKeyRef is null || Cluster.ConfigMaps[source.ConfigMapKeyRef.Name].Contains(source.ConfigMapKeyRef.Key), $"{name}: {source.ConfigMapKeyRef?.Key}");
        }

        // What is read from a file must be a key of the secret that is mounted there.
        var settings = name == "gateway" ? Cluster.Settings.ToJsonString() : "";
        foreach (Match file in SecretFile().Matches(string.Join(' ', container.Env.Select(variable => variable.Value)) + settings))
        {
            var mount = container.VolumeMounts.SingleOrDefault(mount => file.Value.StartsWith(mount.MountPath, StringComparison.Ordinal));
            Assert.True(mount is not null, $"{name} reads {file.Value}, where nothing is mounted.");
            var keys = Cluster.Secrets[pod.Volumes.Single(volume => volume.Name == mount.Name).Secret.SecretName];
            Assert.True(file.Value == mount.MountPath || keys.Contains(Path.GetFileName(file.Value)), $"{name} reads {file.Value}, which the secret does not have.");
        }
    }

    [Fact]
    public void Every_address_is_that_of_a_service_whose_pods_listen_there_and_may_be_asked()
    {
        foreach (var service in Cluster.Services)
        {
            var app = service.Spec.Selector["app"];
            Assert.Equal(app, Cluster.Deployment(app).Spec.Template.Metadata.Labels["app"]);
            Assert.All(service.Spec.Ports, port => Assert.Contains(Cluster.Container(app).Ports, named => named.Name == port.TargetPort.Value));
        }

        foreach (var deployment in Cluster.Deployments)
        {
            var from = deployment.Metadata.Name;
            foreach (var match in deployment.Spec.Template.Spec.Containers.Single().Env.Select(variable => Address().Match(variable.Value ?? "")).Where(match => match.Success))
            {
                var (host, number) = (match.Groups["host"].Value.Split('.')[0], int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture));
                var service = Cluster.Services.SingleOrDefault(service => service.Metadata.Name == host);
                Assert.True(service?.Spec.Ports.Any(port => port.Port == number) == true, $"{from} asks {match.Value}, where nobody is.");
                Assert.True(Admits(host, from, number), $"{from} asks {match.Value}, which network.yaml forbids.");
            }
        }

        Assert.True(Admits("redis", "gateway", 6379));
        Assert.Equal($"gateway.{Cluster.Kustomization["namespace"]!.GetValue<string>()}.svc.cluster.local:3000 resolve", Cluster.Container("nginx").Env.Single(variable => variable.Name == "EDGE_GATEWAY").Value);
        var backend = Cluster.Objects.OfType<V1Ingress>().Single().Spec.Rules.Single().Http.Paths.Single().Backend.Service;
        Assert.Contains(Cluster.Services.Single(service => service.Metadata.Name == backend.Name).Spec.Ports, port => port.Name == backend.Port.Name);
    }

    [Fact]
    public void Only_the_monitoring_and_who_tells_of_changes_reach_the_management_listener_and_nobody_what_is_not_named()
    {
        var management = ShopProgram.Named("gateway").Ports[1];
        var policies = Cluster.Objects.OfType<V1NetworkPolicy>().ToArray();
        Assert.Contains(policies, policy => policy.Spec.PodSelector.MatchLabels is null && policy.Spec.PodSelector.MatchExpressions is null && policy.Spec.Ingress is null or { Count: 0 });
        var rule = Assert.Single(policies.SelectMany(policy => policy.Spec.Ingress ?? []), rule => rule.Ports.Any(port => port.Port.Value == $"{management}"));
        Assert.Equal("monitoring", Assert.Single(rule.FromProperty, peer => peer.NamespaceSelector is not null).NamespaceSelector.MatchLabels["kubernetes.io/metadata.name"]);
        Assert.Equal(
            ShopProgram.Services.Select(program => program.Name).Where(name => Cluster.Container(name).Env.Any(variable => variable.Name == "Gateway__Purge__Address")),
            rule.FromProperty.Where(peer => peer.PodSelector is not null).Select(peer => peer.PodSelector.MatchLabels["app"]));
        Assert.Contains("gateway", Cluster.Container("gateway").Env.Single(variable => variable.Name == "AllowedHosts").Value.Split(';'));

        // Each rule's port is one that the pods it is about listen on.
        foreach (var policy in policies.Where(policy => policy.Spec.Ingress is { Count: > 0 }))
        {
            Assert.All(policy.Spec.Ingress.SelectMany(ingress => ingress.Ports), port =>
                Assert.Contains(Cluster.Container(policy.Spec.PodSelector.MatchLabels["app"]).Ports, named => $"{named.ContainerPort}" == port.Port.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Every_pod_is_closed_up_bounded_and_watched(string name)
    {
        var pod = Cluster.Deployment(name).Spec.Template.Spec;
        var container = pod.Containers.Single();
        Assert.Equal((false, true, "RuntimeDefault"), (pod.AutomountServiceAccountToken, pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.SeccompProfile.Type));
        Assert.Equal((false, true, "ALL"), (container.SecurityContext.AllowPrivilegeEscalation, container.SecurityContext.ReadOnlyRootFilesystem, container.SecurityContext.Capabilities.Drop.Single()));
        Assert.True(container.Resources.Limits.ContainsKey("memory") && container.Resources.Requests.ContainsKey("cpu"));
        Assert.NotNull(container.ReadinessProbe);
        Assert.NotNull(container.LivenessProbe);
        Assert.All(Cluster.Probes(name), probe => Assert.Contains(container.Ports, port => port.ContainerPort == probe.Port));
    }

    [Fact]
    public void The_gateway_is_out_of_the_choice_before_its_delay_is_over_and_has_time_to_finish()
    {
        var deployment = Cluster.Deployment("gateway");
        var (delay, finish) = (Seconds("Delay"), Seconds("Finish"));
        var probe = Cluster.Container("gateway").ReadinessProbe;
        Assert.True(deployment.Spec.Template.Spec.TerminationGracePeriodSeconds > delay + finish);
        Assert.True(delay >= 2 * probe.PeriodSeconds * probe.FailureThreshold);
        Assert.All(Cluster.Probes("gateway"), asked => Assert.Equal(ShopProgram.Named("gateway").Ports[1], asked.Port));
        Assert.True(deployment.Spec.Replicas >= 2);
        Assert.Contains(Cluster.Objects.OfType<V1PodDisruptionBudget>(), budget => budget.Spec.Selector.MatchLabels["app"] == "gateway");

        static int Seconds(string key) => int.Parse(Cluster.Settings["Stitcher"]!["Drain"]![key]!.GetValue<string>().TrimEnd('s'), CultureInfo.InvariantCulture);
    }

    [Fact]
    public void No_two_programs_ever_write_to_one_database()
    {
        foreach (var program in ShopProgram.Services)
        {
            var spec = Cluster.Deployment(program.Name).Spec;
            Assert.Equal((1, "Recreate"), (spec.Replicas, spec.Strategy.Type));
            Assert.Contains(spec.Template.Spec.Volumes, volume => volume.PersistentVolumeClaim?.ClaimName == program.Name);
        }
    }

    [Fact]
    public void Nginx_gets_exactly_the_variables_that_its_templates_want_and_the_templates_themselves()
    {
        var nginx = Cluster.Container("nginx");
        Assert.Equal(
            Variables.Of("nginx/templates/stitcher.conf.template", "nginx/templates/server/shop.inc.template"),
            nginx.Env.Select(variable => variable.Name).Where(variable => variable.StartsWith("EDGE_", StringComparison.Ordinal)).Append("NGINX_LOCAL_RESOLVERS").Order(StringComparer.Ordinal));
        Assert.Equal(
            [nginx.Env.Single(variable => variable.Name == "EDGE_PORT").Value, nginx.Env.Single(variable => variable.Name == "EDGE_HEALTH_PORT").Value],
            nginx.Ports.Select(port => $"{port.ContainerPort}"));
        Assert.All(
            ((JsonArray)DeployFiles.Yaml("nginx/kustomization.yaml")["configMapGenerator"]!).SelectMany(map => map!["files"].Texts()),
            file => Assert.True(File.Exists(Path.Combine(DeployFiles.Folder, "nginx", file)), file));
        Assert.Equal(
            ["server/shop.inc.template", "stitcher.conf.template"],
            Cluster.Deployment("nginx").Spec.Template.Spec.Volumes.Single(volume => volume.Name == "templates").ConfigMap.Items.Select(item => item.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Compose_and_Kubernetes_run_the_same_versions_and_tell_services_the_same()
    {
        foreach (var name in (string[])["nginx", "redis"])
        {
            Assert.Equal(ComposeFile.Root["services"]![name]!["image"]!.GetValue<string>(), Cluster.Container(name).Image);
        }

        foreach (var program in ShopProgram.All)
        {
            var there = ComposeFile.Environment(program.Name).Where(pair => pair.Value.StartsWith("http://", StringComparison.Ordinal));
            Assert.All(there, pair => Assert.Contains(Cluster.Container(program.Name).Env, variable => variable.Name == pair.Key && variable.Value == pair.Value));
        }
    }

    [Fact]
    public void Every_secret_is_told_how_it_is_made()
    {
        var readme = DeployFiles.Text("README.md");
        var script = DeployFiles.Text("secrets.sh");
        foreach (var (name, keys) in Cluster.Secrets.Where(secret => secret.Key != "shop-tls"))
        {
            var command = Regex.Match(readme, $@"create secret generic {name} (?<arguments>([^\n]*\\\n)*[^\n]*)").Groups["arguments"].Value;
            var files = Regex.Matches(command, @"--from-file=(?<key>[\w.-]+)=deploy/secrets/(?<file>[\w.-]+)");
            Assert.Equal(keys.Order(StringComparer.Ordinal), files.Select(match => match.Groups["key"].Value).Order(StringComparer.Ordinal));
            Assert.All(files, match => Assert.Contains($"make {match.Groups["file"].Value}\n", script, StringComparison.Ordinal));
        }
    }

    private static bool Admits(string to, string from, int port) => Cluster.Objects.OfType<V1NetworkPolicy>()
        .Where(policy => policy.Spec.PodSelector.MatchLabels?["app"] == to)
        .SelectMany(policy => policy.Spec.Ingress ?? [])
        .Any(rule => rule.Ports.Any(open => open.Port.Value == $"{port}") && rule.FromProperty.Any(peer =>
            peer.PodSelector?.MatchLabels?["app"] == from || peer.PodSelector?.MatchExpressions?.Any(expression => expression.Values.Contains(from)) == true));

    [GeneratedRegex(@"\$\((?<name>\w+)\)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"/run/secrets/[\w./-]+")]
    private static partial Regex SecretFile();

    [GeneratedRegex(@"^(http://)?(?<host>[a-z][a-z0-9.-]+):(?<port>\d+)(/| resolve|$)")]
    private static partial Regex Address();
}
