using Stitcher.Planning;

namespace Stitcher;

/// <summary>Marks the endpoint that stands for all that can be asked of a page's address beside reading it.</summary>
internal sealed record PageMethods(PagePlan Plan);
