namespace Stitcher.Federation.Negotiation;

/// <summary>Says what a chosen plan means for each service.</summary>
internal sealed class UnitReport(Unit unit, IReadOnlyList<Consumer> consumers, Plan plan, FitTable fits, DiagnosticLog log)
{
    public void Say()
    {
        Flags();
        foreach (var consumer in consumers)
        {
            Outcome(consumer, plan.Assignments[consumer.Index]);
        }
    }

    private void Outcome(Consumer consumer, Assignment assignment)
    {
        switch (assignment.Outcome)
        {
            case ConsumerOutcome.Forced:
                Forced(consumer, assignment.Seen!);
                break;
            case ConsumerOutcome.Own or ConsumerOutcome.Borrowed:
                Apart(consumer, assignment);
                break;
            case ConsumerOutcome.Quarantined:
                consumer.Service.IsWithheld = true;
                Say(FederationCodes.Quarantined, consumer, string.Join(", ", consumer.OutOfRange(assignment.Seen!).Select(static pair => pair.Row.Range)));
                break;
            case ConsumerOutcome.Missing:
                consumer.Service.IsWithheld = true;
                Say(FederationCodes.NothingAcceptable, consumer, string.Join(", ", consumer.Rows.Select(static row => row.Range)));
                break;
        }
    }

    private void Forced(Consumer consumer, Offer winner)
    {
        var refused = consumer.OutOfRange(winner).ToList();
        foreach (var (row, version) in refused)
        {
            log.Say(FederationCodes.Forced, consumer.Service.Id, row.Name, $"{version.Plain} vs {row.Range}");
        }

        if (refused.Count == 0)
        {
            // In range, and yet not as declared: it gets the winner although the winner runs on another dependency.
            Say(FederationCodes.Forced, consumer, winner.VersionsIn(unit.Packages));
        }
    }

    private void Apart(Consumer consumer, Assignment assignment)
    {
        var copy = assignment.Seen!;
        var subject = plan.Winner is null
            ? copy.VersionsIn(unit.Packages)
            : $"{copy.VersionsIn(unit.Packages)} beside {plan.Winner.VersionsIn(unit.Packages)}";
        if (copy.Unmet is { } unmet && assignment.Outcome == ConsumerOutcome.Own)
        {
            Say(FederationCodes.OwnCopyUnsatisfied, consumer, unmet);
        }

        if (!consumer.Service.HasVote)
        {
            Say(FederationCodes.RetainedCopy, consumer, subject);
            return;
        }

        Why(consumer);
        var isOwn = assignment.Outcome == ConsumerOutcome.Own;
        Say(
            consumer.IsSingleton && isOwn && IsSplit(copy) ? FederationCodes.SingletonSplit
            : isOwn ? FederationCodes.SecondCopy
            : FederationCodes.BorrowedCopy,
            consumer,
            subject);
    }

    private void Why(Consumer consumer)
    {
        if (plan.Winner is { } winner)
        {
            if (consumer.Lacking(winner) is { } lacking)
            {
                Say(FederationCodes.WinnerLacksPart, consumer, lacking);
            }
            else if (!fits.Is(consumer, winner, Fit.Follows))
            {
                Say(FederationCodes.FollowsDependency, consumer, null);
            }
        }
    }

    private bool IsSplit(Offer copy) =>
        plan.Winner is not null || plan.Assignments.Any(other => other.Seen is not null && !ReferenceEquals(other.Seen, copy));

    private void Flags()
    {
        foreach (var package in unit.Packages)
        {
            var rows = consumers
                .Where(static consumer => consumer.Service.HasVote)
                .SelectMany(static consumer => consumer.Rows, static (consumer, row) => (consumer.Service.Id, row))
                .Where(pair => pair.row.Name == package)
                .ToLookup(static pair => pair.row.Shared.Singleton, static pair => pair.Id);
            if (rows[true].Any() && rows[false].Any())
            {
                log.Say(
                    FederationCodes.SingletonFlagsDisagree,
                    package: package,
                    subject: $"singleton for {string.Join(", ", rows[true])}, not for {string.Join(", ", rows[false])}");
            }
        }
    }

    private void Say(string code, Consumer consumer, string? subject) => log.Say(code, consumer.Service.Id, unit.Key.Package, subject);
}
