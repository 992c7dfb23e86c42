using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;

namespace Stitcher.Fragments.Components;

/// <summary>Stands where a component would reach the browser: a fragment is rendered once, on the server.</summary>
internal sealed class NoBrowser : IJSRuntime
{
    private const DynamicallyAccessedMemberTypes Json =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

    public ValueTask<TValue> InvokeAsync<[DynamicallyAccessedMembers(Json)] TValue>(string identifier, object?[]? args) =>
        throw new InvalidOperationException(
            $"'{identifier}' cannot be called: a component that is a fragment is rendered once, on the server. Give the fragment a module instead (WithModule).");

    public ValueTask<TValue> InvokeAsync<[DynamicallyAccessedMembers(Json)] TValue>(
        string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
}
