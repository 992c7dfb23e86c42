using System.CommandLine;
using Stitcher.Tool;

var federation = new Command("federation", "Import maps that are negotiated between services.")
{
    FederationCommands.Negotiate(),
    FederationCommands.Explain(),
    FederationCommands.Lint(),
    FederationCommands.Check(),
};
var parsed = new RootCommand("Looks at what a Stitcher gateway does, or would do: with a running one, or without.") { federation }.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.Unreadable : code;
