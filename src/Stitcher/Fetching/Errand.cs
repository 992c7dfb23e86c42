using Stitcher.Caching;
using Stitcher.Planning;

namespace Stitcher.Fetching;

/// <summary>One question on its way, with what is needed to place its answer.</summary>
/// <param name="Slot">A slot that shows it.</param>
/// <param name="Plan">The slot's page.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Start">The timestamp at which it was asked.</param>
/// <param name="Total">The time from then until what comes of it must be here.</param>
/// <param name="Generation">The number of the last purge at that time.</param>
internal readonly record struct Errand(SlotPlan Slot, PagePlan Plan, FragmentRequest Question, long Start, TimeSpan Total, long Generation)
{
    public string Key => Question.Key;

    public FragmentLabels Labels { get; } = LabelsOf(Slot, Question);

    /// <summary>What a question is about, for purging.</summary>
    public static FragmentLabels LabelsOf(SlotPlan slot, FragmentRequest question) => new(slot.Service.Name, slot.Fragment, question.Target, question.Partition);
}
