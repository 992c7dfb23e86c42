namespace Stitcher.Fragments.Tests.Components;

public enum ShelfSize
{
    Small,
    Middling,
    Large,
}
