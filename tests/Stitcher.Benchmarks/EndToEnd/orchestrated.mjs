// The same modules put together in the browser: what Native Federation's orchestrator needs to find them.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A service's manifest in Native Federation's words. The addresses are those the gateway serves the same files at.
 * The orchestrator joins name and key as they stand; without "./" they make the specifiers that the shop's script imports.
 */
export const remoteEntryOf = manifest => ({
  name: manifest.name,
  exposes: manifest.exposes.map(({ key, module }) => ({ key: key.replace('./', ''), outFileName: module })),
  shared: manifest.shared.map(({ package: packageName, version, requiredVersion, singleton = false, strictVersion = false, entries }) =>
    ({ packageName, version, requiredVersion, singleton, strictVersion, entries })),
  integrity: Object.fromEntries(Object.entries(manifest.modules)
    .filter(([file]) => /\.m?js$/.test(file))
    .map(([file, { integrity }]) => [file, integrity])),
});

/** Where a service's files are behind the gateway. */
export const folderOf = ({ name, revision }) => `/_s/${name}/~${revision}`;

/**
 * One minified file that starts the orchestrator and then runs `next`, as a shop in production would deliver it.
 * `tools` is the folder with the installed packages `@softarc/native-federation-orchestrator` and `esbuild`.
 */
export const startOf = async (tools, remotes, next) => {
  const folder = resolve(tools);
  const { build } = await import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve('esbuild')));
  const { outputFiles: [file] } = await build({
    stdin: {
      contents: `
        import { initFederation } from '@softarc/native-federation-orchestrator';
        import { noopLogger, useDefaultImportMap } from '@softarc/native-federation-orchestrator/options';
        await initFederation(${JSON.stringify(remotes)}, { logger: noopLogger, ...useDefaultImportMap(), strict: { strictRemoteEntry: true, strictImportMap: true } });
        await (async () => { ${next} })();`,
      resolveDir: folder,
    },
    bundle: true, minify: true, format: 'esm', external: Object.keys(remotes).map(name => `${name}/*`), target: 'es2022', write: false, logLevel: 'error',
  });
  return file.text;
};
