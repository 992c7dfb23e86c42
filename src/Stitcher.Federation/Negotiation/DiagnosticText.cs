namespace Stitcher.Federation.Negotiation;

/// <summary>What a diagnostic means, and what whoever reads it can do.</summary>
internal static class DiagnosticText
{
    public static string Of(FederationDiagnostic said)
    {
        var service = said.Service ?? "A service";
        var package = said.Package ?? "the package";
        var subject = said.Subject ?? "";
        return said.Code switch
        {
            FederationCodes.RangeDefaulted =>
                $"{service} names no range for {package}, so {subject} is taken. Write \"requiredVersion\" as in its package.json.",
            FederationCodes.OwnVersionOutsideRange =>
                $"{service} brings along a {package} outside its own range ({subject}). Widen the range or update the copy.",
            FederationCodes.SingletonFlagsDisagree =>
                $"Services disagree whether {package} is a singleton ({subject}). Agree on one \"singleton\" value.",
            FederationCodes.SecondCopy =>
                $"{service} keeps its own copy of {package} ({subject}). Align the ranges to save the download.",
            FederationCodes.BorrowedCopy =>
                $"{service} runs another service's copy of {package} that is not the winner ({subject}). Align the ranges to share one.",
            FederationCodes.WinnerLacksPart =>
                $"{service} cannot share {package}: the winner does not bring along {subject}. Add it to the winner's entries, or pin a provider that has it.",
            FederationCodes.FollowsDependency =>
                $"{service} cannot share {package}: the winner runs on another copy of a dependency. Bring the dependency into range first.",
            FederationCodes.LastKnownGood =>
                $"{service} does not answer; its last good manifest keeps counting. Look at the service.",
            FederationCodes.OfferIsolated =>
                $"{service} cannot serve {package} to others: it is {subject}. Bring that dependency into range first.",
            FederationCodes.ProviderNotAllowed =>
                $"{service} offers {package}, and a provider rule allows others only. It is used in its own modules at most.",
            FederationCodes.CycleJoined =>
                $"Packages require each other and are taken from one build: {subject}. Break the cycle to let them be chosen apart.",
            FederationCodes.RetainedCopy =>
                $"The retained revision {service} keeps its own copy of {package} ({subject}) until its retention ends. Nothing needs to be done.",
            FederationCodes.Forced =>
                $"{service} runs {package} outside its range ({subject}). Widen the range after a test, or set \"strictVersion\" to get a copy of its own.",
            FederationCodes.BadVersion =>
                $"{service} gives {package} the version '{subject}', which is none, so it provides nothing. Write one such as 1.2.3.",
            FederationCodes.BadRange =>
                $"{service} gives '{subject}' as a range for {package}, which is none. Write an npm range such as ^1.2.0.",
            FederationCodes.PinNotOffered =>
                $"Nobody offers {package} {subject}, to which the operator pinned it. Deploy it, or change the pin.",
            FederationCodes.BannedOrBelowFloor =>
                $"{service}'s copy of {package} is {subject} and serves nobody else. Update it in that service.",
            FederationCodes.ManifestExpired =>
                $"{service} was last seen too long ago; its manifest does not count any more. Start the service, or remove it from the gateway.",
            FederationCodes.AssetsDown =>
                $"{service} offers {package}, and its files cannot be fetched. Look at where it serves its assets.",
            FederationCodes.ExposesWithheld =>
                $"What {service} exposes is not in the map because its files cannot be fetched. Look at where it serves its assets.",
            FederationCodes.TopicUnpublished =>
                $"{service} listens to '{subject}', and nobody publishes it. Mend the name, or let whoever publishes it say so in its manifest.",
            FederationCodes.TopicSchemasDiffer =>
                $"{service} means another value by a topic than others do: {subject}. Agree on one form, or give one of the two a name of its own.",
            FederationCodes.TopicRetentionDiffers =>
                $"{service} counts on something else than what becomes of a topic's last value: {subject}. Let all who publish it keep the value, or none.",
            FederationCodes.SingletonSplit =>
                $"{package} is a singleton and runs in two copies: {service} keeps its own ({subject}). Align its range with the winner.",
            FederationCodes.Quarantined =>
                $"{service} accepts {package} {subject} only and not the winner, so what it exposes is withheld. Align its range with the winner.",
            FederationCodes.NothingAcceptable =>
                $"{service} needs {package} {subject}, and nobody provides it, so what it exposes is withheld. Provide it, or widen the range.",
            FederationCodes.OfferUnsatisfied =>
                $"{service} cannot serve {package}: it {subject}. Share the required package, too, in a version that fits.",
            FederationCodes.OwnCopyUnsatisfied =>
                $"{service} runs a copy of {package} that {subject}. Share the required package, too, in a version that fits.",
            _ => OfManifest(said, service, subject),
        };
    }

    private static string OfManifest(FederationDiagnostic said, string service, string subject) => said.Code switch
    {
        FederationCodes.PathEscapesBase =>
            $"{service} names the file '{subject}', which is not below its base. Write a relative path without '..', scheme, query or backslash.",
        FederationCodes.IllegalSpecifier =>
            $"{service} may not map '{subject}'. Use bare specifiers below the package's own name, and keys that begin with './'.",
        FederationCodes.SlashMismatch =>
            $"{service} maps '{subject}' to a file whose end differs: both must end in '/', or neither.",
        FederationCodes.ExposeCollides =>
            $"{service} exposes '{subject}', which is a package's name or below one. Rename the service or the key.",
        FederationCodes.DuplicateExpose =>
            $"{service} exposes '{subject}' twice; the first one counts. Rename or remove one.",
        FederationCodes.ConsumedMissing =>
            $"{service} imports '{subject}', which nobody exposes. Bring it back, or mark it optional.",
        FederationCodes.StubInUse =>
            $"'{subject}', which {service} exposes no more, is imported by others; a stand-in that does nothing takes its place.",
        FederationCodes.UnresolvedImport =>
            $"{service} imports a package that nothing provides: {subject}. Add it to \"shared\" or \"internal\".",
        FederationCodes.BytesChanged =>
            $"{service} serves other bytes for '{subject}' under the same revision. Give every deployment a revision of its own.",
        FederationCodes.MalformedPart or FederationCodes.Unreadable or FederationCodes.UnknownSchema or FederationCodes.TooLarge =>
            $"The manifest of {service} has a part that cannot be read: {subject}. Compare it with the schema.",
        _ => $"{said.Code} {service} {subject}",
    };
}
