using Stitcher.Local;

return await LocalCommand.RunAsync(args);
