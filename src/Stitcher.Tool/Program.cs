using System.CommandLine;
using System.CommandLine.Help;
using Stitcher.Tool;

var federation = new Command("federation", "Import maps that are negotiated between services.")
{
    FederationCommands.Negotiate(),
    FederationCommands.Explain(),
    FederationCommands.Lint(),
    FederationCommands.Check(),
    FederationCommands.Types(),
};
var service = new Command("service", "The services that a gateway knows.") { ServiceCommands.Add() };

// Not a root command, which would take the assembly's name for its own.
var stitcher = new Command("stitcher", "Looks at what a Stitcher gateway does, or would do, with a running one or without; and tells one of a new service.")
{
    federation, service, new HelpOption(), new VersionOption(),
};
var parsed = stitcher.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.Unreadable : code;
