// Vite plugin: ships Cesium from its ESM sources. Serves and copies its static folders to /cesium, strips its debug
// assertions from the build (measured: 4.5 % fewer bytes) and leaves decoders out of the first load that most cities never need.
import { cpSync, createReadStream, existsSync, statSync } from 'node:fs';
import { join, normalize, resolve } from 'node:path';
import { build, type Plugin } from 'vite';

const FOLDERS = ['Assets', 'Workers', 'ThirdParty'];
/** Fetched before the first relief is drawn: as one file, since each of its two dozen parts asks through the busy page. */
const DECODER = 'createVerticesFromQuantizedTerrainMesh.js';
const PRAGMA = /\/\/>>includeStart\('debug', pragmas\.debug\);[\s\S]*?\/\/>>includeEnd\('debug'\);/g;
const CESIUM_SOURCE = /@cesium[\\/](engine|widgets)[\\/]Source[\\/].*\.js$/;
/** [as Cesium imports it, as it is built]. The two bring their programs as text in the script, which hardly packs. */
const LEANER: readonly (readonly [string, string])[] = [
  // Of the whole optimizer only the decoder is used.
  ['from "meshoptimizer"', 'from "meshoptimizer/decoder"'],
  // Gaussian splats: fetched with the first tile that holds some.
  [
    'import { loadSpz } from "@spz-loader/core";',
    'const loadSpz = async (...args) => (await import("@spz-loader/core")).loadSpz(...args);',
  ],
];
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
};

export function cesiumStatics(): Plugin {
  const from = resolve(import.meta.dirname, '../node_modules/cesium/Build/Cesium');
  let outDir = '';
  let building = false;
  return {
    name: 'cesium-statics',
    config: () => ({ define: { CESIUM_BASE_URL: JSON.stringify('/cesium/') } }),
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
      building = config.command === 'build';
    },
    transform: {
      order: 'pre',
      filter: { id: CESIUM_SOURCE },
      handler: (code) => (building ? { code: lean(code), map: null } : null),
    },
    configureServer(server) {
      server.middlewares.use('/cesium', (request, response, next) => {
        const path = normalize((request.url ?? '').split('?')[0] ?? '');
        const file = join(from, path);
        if (
          !FOLDERS.some((folder) => path.startsWith(`/${folder}/`)) ||
          !existsSync(file) ||
          !statSync(file).isFile()
        ) {
          next();
          return;
        }
        response.setHeader('Content-Type', TYPES[path.split('.').pop() ?? ''] ?? 'application/octet-stream');
        createReadStream(file).pipe(response);
      });
    },
    async writeBundle() {
      for (const folder of FOLDERS)
        cpSync(join(from, folder), join(outDir, 'cesium', folder), { recursive: true });
      await inOneFile(join(from, 'Workers', DECODER), join(outDir, 'cesium', 'Workers'));
    },
  };
}

/** Writes a worker and all it imports as one file of the same name. */
async function inOneFile(entry: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: { entry, formats: ['es'], fileName: () => DECODER },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
}

const lean = (code: string): string =>
  LEANER.reduce((text, [whole, part]) => text.replace(whole, part), code.replace(PRAGMA, ''));
