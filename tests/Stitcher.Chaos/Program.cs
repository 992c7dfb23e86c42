using Stitcher.Chaos;

return await ChaosCommand.RunAsync(args);
