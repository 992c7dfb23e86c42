# syntax=docker/dockerfile:1
# The products. Built from the repository's root:
#   docker build -f deploy/docker/products.Dockerfile -t stitcher/products .
ARG DOTNET=10.0
ARG NODE=24

# What browsers need of npm, by the lock file; nothing of what is installed is run.
FROM --platform=$BUILDPLATFORM node:${NODE}-slim AS packages
WORKDIR /packages
COPY fragments/ProductService/package.json fragments/ProductService/package-lock.json fragments/ProductService/.npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# What is built runs on every processor, so it is built on this machine's own.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
WORKDIR /source
# CI: packages are those of the lock files, or the build fails.
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Only what decides the packages: as long as none of it changes, they are not fetched again.
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY src/Directory.Build.props src/
COPY fragments/Directory.Build.props fragments/Directory.Build.targets fragments/
COPY src/Stitcher.Federation/Stitcher.Federation.csproj src/Stitcher.Federation/packages.lock.json src/Stitcher.Federation/
COPY src/Stitcher.Fragments/Stitcher.Fragments.csproj src/Stitcher.Fragments/packages.lock.json src/Stitcher.Fragments/
COPY fragments/ProductService/ProductService.csproj fragments/ProductService/packages.lock.json fragments/ProductService/
COPY deploy/probe/Stitcher.Probe.csproj deploy/probe/packages.lock.json deploy/probe/
RUN dotnet restore fragments/ProductService && dotnet restore deploy/probe

COPY src/BannedSymbols.txt src/
COPY src/Stitcher.Federation/ src/Stitcher.Federation/
COPY src/Stitcher.Fragments/ src/Stitcher.Fragments/
COPY fragments/Shared/ fragments/Shared/
COPY fragments/ProductService/ fragments/ProductService/
COPY --from=packages /packages/node_modules/ fragments/ProductService/node_modules/
COPY deploy/probe/ deploy/probe/
# The mark tells the build that the packages are there.
RUN touch fragments/ProductService/node_modules/.restored \
 && dotnet publish fragments/ProductService -c Release --no-restore -p:UseAppHost=false -o /out/app \
 && dotnet publish deploy/probe -c Release --no-restore -p:UseAppHost=false -o /out/probe \
 && mkdir /out/data

# No shell, no package manager, a user without rights; the files that run belong to root.
FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET}-noble-chiseled
COPY --from=build /out/probe /probe
COPY --from=build --chown=$APP_UID:$APP_UID /out/data /data
COPY --from=build /out/app /app
WORKDIR /app
# HOME: below it ASP.NET Core keeps the keys of the forms' tokens, which a new container must know, too.
ENV ASPNETCORE_URLS=http://+:3002 ASPNETCORE_HTTP_PORTS= \
    Database=/data/products.db \
    HOME=/data \
    DOTNET_EnableDiagnostics=0
EXPOSE 3002
VOLUME /data
USER $APP_UID
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
    CMD ["dotnet", "/probe/Stitcher.Probe.dll", "http://127.0.0.1:3002/.well-known/stitcher.json"]
ENTRYPOINT ["dotnet", "ProductService.dll"]
