using System.Collections.Immutable;
using System.Globalization;
using Stitcher.Fragments.Testing.Hosting;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Measures a fragment.</summary>
internal static class BudgetCheck
{
    private const int Tries = 3;

    public static async Task<IReadOnlyList<Finding>> FindAsync(Answer answer, Question question, HttpClient client, FragmentBudget budget, CancellationToken ct)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (answer.Body.Length > budget.Bytes)
        {
            findings.Add(new Finding(string.Create(CultureInfo.InvariantCulture, $"its body has {answer.Body.Length:N0} bytes, the budget is {budget.Bytes:N0}")));
        }

        // The first of all questions to a service pays for its start.
        var best = answer.Took;
        for (var asked = 1; best > budget.Time && asked < Tries; asked++)
        {
            var took = (await Answer.OfAsync(client, question, ct)).Took;
            best = took < best ? took : best;
        }

        if (best > budget.Time)
        {
            findings.Add(new Finding(string.Create(
                CultureInfo.InvariantCulture, $"it took {best.TotalMilliseconds:0} ms at best, the budget is {budget.Time.TotalMilliseconds:0} ms")));
        }

        return findings.ToImmutable();
    }
}
