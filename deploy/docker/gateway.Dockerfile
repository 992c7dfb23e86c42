# syntax=docker/dockerfile:1
# The gateway. Built from the repository's root:
#   docker build -f deploy/docker/gateway.Dockerfile -t stitcher/gateway .
ARG DOTNET=10.0

# What is built runs on every processor, so it is built on this machine's own.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
WORKDIR /source
# CI: packages are those of the lock files, or the build fails.
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Only what decides the packages: as long as none of it changes, they are not fetched again.
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY src/Directory.Build.props src/
COPY src/Stitcher.Federation/Stitcher.Federation.csproj src/Stitcher.Federation/packages.lock.json src/Stitcher.Federation/
COPY src/Stitcher/Stitcher.csproj src/Stitcher/packages.lock.json src/Stitcher/
COPY src/Stitcher.Redis/Stitcher.Redis.csproj src/Stitcher.Redis/packages.lock.json src/Stitcher.Redis/
COPY gateway/Stitcher.Gateway.csproj gateway/packages.lock.json gateway/
COPY deploy/probe/Stitcher.Probe.csproj deploy/probe/packages.lock.json deploy/probe/
RUN dotnet restore gateway && dotnet restore deploy/probe

COPY src/BannedSymbols.txt src/
COPY src/Stitcher.Federation/ src/Stitcher.Federation/
COPY src/Stitcher/ src/Stitcher/
COPY src/Stitcher.Redis/ src/Stitcher.Redis/
COPY gateway/ gateway/
COPY deploy/probe/ deploy/probe/
RUN dotnet publish gateway -c Release --no-restore -p:UseAppHost=false -o /out/app \
 && dotnet publish deploy/probe -c Release --no-restore -p:UseAppHost=false -o /out/probe \
 && mkdir /out/data

# No shell, no package manager, a user without rights; the files that run belong to root.
FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET}-noble-chiseled
COPY --from=build /out/probe /probe
COPY --from=build --chown=$APP_UID:$APP_UID /out/data /data
COPY --from=build /out/app /app
WORKDIR /app
ENV ASPNETCORE_URLS=http://+:3000 ASPNETCORE_HTTP_PORTS= \
    Stitcher__Management__Url=http://0.0.0.0:3001 \
    DOTNET_EnableDiagnostics=0
EXPOSE 3000 3001
VOLUME /data
USER $APP_UID
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
    CMD ["dotnet", "/probe/Stitcher.Probe.dll", "http://127.0.0.1:3001/health/ready"]
ENTRYPOINT ["dotnet", "Stitcher.Gateway.dll"]
