using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests.Deployment;

public sealed class ComposeTests
{
    private static readonly string[] Templates = ["nginx/templates/stitcher.conf.template", "nginx/templates/server/shop.inc.template"];

    public static TheoryData<string> Programs => [.. ShopProgram.All.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_is_built_by_its_own_file_and_gets_settings_that_it_has(string name)
    {
        var service = ComposeFile.Root["services"]![name]!;
        Assert.Equal(("..", $"deploy/docker/{name}.Dockerfile"), (service["build"]!["context"]!.GetValue<string>(), service["build"]!["dockerfile"]!.GetValue<string>()));
        Assert.All(ComposeFile.Environment(name).Keys, variable => Assert.Null(SettingName.Problem(ShopProgram.Named(name), variable)));
        Assert.Contains(service["volumes"].Texts(), volume => volume.EndsWith($":{Dockerfile.Of(name).Single("VOLUME").Text}", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_address_is_that_of_a_service_on_its_port_and_no_cluster_keeps_that_of_a_laptop()
    {
        foreach (var (name, _) in ComposeFile.Services)
        {
            foreach (var (variable, value) in ComposeFile.Environment(name).Where(pair => pair.Value.StartsWith("http://", StringComparison.Ordinal) && !pair.Key.EndsWith("Management__Url", StringComparison.Ordinal)))
            {
                var address = new Uri(value);
                Assert.True(ShopProgram.All.Any(program => program.Name == address.Host && program.Ports.Contains(address.Port)), $"{name}: {variable} is {value}, where nobody listens.");
                Assert.True(Networks(name).Intersect(Networks(address.Host)).Any(), $"{name}: {variable} is {value}, but the two have no network in common.");
            }
        }

        var clusters = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "gateway", "appsettings.json")))!["ReverseProxy"]!["Clusters"].Members();
        Assert.All(clusters, cluster => Assert.Contains($"ReverseProxy__Clusters__{cluster.Key}__Destinations__one__Address", ComposeFile.Environment("gateway").Keys));
    }

    [Fact]
    public void A_service_that_tells_the_gateway_of_changes_is_listened_to()
    {
        var gateway = ComposeFile.Environment("gateway");
        foreach (var (name, told) in ShopProgram.Services.Select(program => (program.Name, ComposeFile.Environment(program.Name))).Where(service => service.Item2.ContainsKey("Gateway__Purge__Address")))
        {
            Assert.Contains(new Uri(told["Gateway__Purge__Address"]).Host, gateway["AllowedHosts"].Split(';'));
            var token = Assert.Single(gateway, pair => pair.Key.EndsWith("TokenFile", StringComparison.Ordinal) && pair.Value == told["Gateway__Purge__TokenFile"]).Key;
            Assert.Equal(name, gateway[token.Replace("TokenFile", "Services__0", StringComparison.Ordinal)]);
        }
    }

    [Fact]
    public void What_a_container_refers_to_is_declared_and_what_is_declared_is_used()
    {
        foreach (var kind in (string[])["networks", "volumes", "secrets"])
        {
            var used = ComposeFile.Services.SelectMany(service => service.Value![kind].Texts())
                .Where(name => kind != "volumes" || name[0] != '.')
                .Select(name => name.Split(':')[0])
                .Distinct();
            Assert.Equal(ComposeFile.Root[kind].Members().Select(member => member.Key).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        }

        foreach (var (name, service) in ComposeFile.Services)
        {
            Assert.All(service!["volumes"].Texts().Where(volume => volume[0] == '.'), volume =>
                Assert.True(Path.Exists(Path.Combine(DeployFiles.Folder, volume.Split(':')[0])), $"{name} mounts {volume}, which is not there."));
            Assert.All(service["depends_on"].Members(), needed =>
            {
                Assert.Contains(needed.Key, ComposeFile.Services.Select(other => other.Key));
                Assert.True(
                    needed.Value!["condition"]!.GetValue<string>() != "service_healthy" || ComposeFile.Root["services"]![needed.Key]!["healthcheck"] is not null || Dockerfile.Of(needed.Key).HealthCheck.Count > 0,
                    $"{name} waits until {needed.Key} is healthy, which nobody checks.");
            });
        }
    }

    [Fact]
    public void Every_secret_is_made_by_the_script_and_given_to_whoever_reads_it()
    {
        var script = DeployFiles.Text("secrets.sh");
        Assert.All(ComposeFile.Root["secrets"].Members(), secret =>
        {
            Assert.Equal($"secrets/{secret.Key}", secret.Value!["file"]!.GetValue<string>());
            Assert.Contains($"make {secret.Key}\n", script, StringComparison.Ordinal);
        });
        foreach (var (name, service) in ComposeFile.Services)
        {
            var read = Regex.Matches(service!.ToJsonString(), @"/run/secrets/([\w-]+)").Select(match => match.Groups[1].Value).Distinct();
            Assert.Equal(service["secrets"].Texts().Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Only_nginx_can_be_reached_from_outside_and_services_reach_nothing_outside()
    {
        Assert.Equal(["nginx"], ComposeFile.Services.Where(service => service.Value!["ports"] is not null).Select(service => service.Key));
        Assert.EndsWith($":{ComposeFile.Environment("nginx")["EDGE_PORT"]}", ComposeFile.Root["services"]!["nginx"]!["ports"].Texts().Single(), StringComparison.Ordinal);
        foreach (var program in ShopProgram.Services)
        {
            Assert.All(Networks(program.Name), network => Assert.Equal("true", ComposeFile.Root["networks"]![network]!["internal"]?.GetValue<string>()));
        }
    }

    [Fact]
    public void Every_container_is_closed_up()
    {
        Assert.All(ComposeFile.Services, service =>
        {
            Assert.Equal("true", service.Value!["read_only"]?.GetValue<string>());
            Assert.Equal(["ALL"], service.Value["cap_drop"].Texts());
            Assert.Equal(["no-new-privileges:true"], service.Value["security_opt"].Texts());
            Assert.Contains(service.Value["tmpfs"].Texts(), place => place.Split(':')[0] == "/tmp");
        });
    }

    [Fact]
    public void The_gateway_is_given_more_time_to_end_than_it_takes()
    {
        var drain = new DrainOptions();
        var grace = ComposeFile.Root["services"]!["gateway"]!["stop_grace_period"]!.GetValue<string>();
        Assert.True(int.Parse(grace.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture) > (drain.Delay + drain.Finish).TotalSeconds);
    }

    [Fact]
    public void The_gateway_believes_those_who_are_on_the_network_with_it()
    {
        Assert.Equal(
            ComposeFile.Root["networks"]!["edge"]!["ipam"]!["config"]![0]!["subnet"]!.GetValue<string>(),
            ComposeFile.Environment("gateway")["Stitcher__KnownProxies__0"]);
        Assert.Equal(["gateway", "nginx"], ComposeFile.Services.Where(service => service.Value!["networks"].Texts().Contains("edge")).Select(service => service.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nginx_gets_exactly_the_variables_that_its_templates_want()
    {
        var given = ComposeFile.Environment("nginx").Keys.Where(name => name.StartsWith("EDGE_", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Variables.Of(Templates), given.Append("NGINX_LOCAL_RESOLVERS").Order(StringComparer.Ordinal));
        Assert.All(Variables.Of(Templates), name => Assert.Matches(ComposeFile.Environment("nginx")["NGINX_ENVSUBST_FILTER"], name));

        var tls = DeployFiles.Yaml("compose.tls.yaml")["services"]!["nginx"]!;
        Assert.Equal(Variables.Of("nginx/tls/tls.conf.template"), tls["environment"].Members().Select(variable => variable.Key).Order(StringComparer.Ordinal));
        Assert.All(tls["volumes"].Texts(), volume => Assert.True(File.Exists(Path.Combine(DeployFiles.Folder, volume.Split(':')[0])), volume));
        Assert.Equal(["8443", "8082"], tls["ports"].Texts().Select(port => port.Split(':')[^1]));
        Assert.Equal(("8443", "8082"), (tls["environment"]!["EDGE_TLS_PORT"]!.GetValue<string>(), tls["environment"]!["EDGE_REDIRECT_PORT"]!.GetValue<string>()));
    }

    private static IEnumerable<string> Networks(string service) => ComposeFile.Root["services"]![service]!["networks"].Texts();
}
