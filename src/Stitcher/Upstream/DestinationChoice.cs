using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>Where a question goes.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Destination">Its destination.</param>
/// <param name="WasOut">It rested when it was chosen: there was no other left to ask.</param>
/// <param name="IsTrial">It has not answered since its rest, and this is the one question that finds out whether it does.</param>
internal readonly record struct DestinationChoice(ClusterState Cluster, DestinationState Destination, bool WasOut = false, bool IsTrial = false);
