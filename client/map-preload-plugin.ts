// Vite plugin: pages with a map ask for the globe with their first bytes, not when their own scripts have come to name it. A
// file of its own, since the server lets no script run that stands in a page.
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** Addresses of the pages with a globe. */
const PAGES = '/^\\/(?:wall|desk|half|play)?$/';
const STAGE = 'client/map/stage/MapStage.vue';
/** Smaller scripts come soon enough. */
const WORTH_BYTES = 20_000;

export function mapPreload(): Plugin {
  let root = '';
  return {
    name: 'map-preload',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset')
          this.error('map-preload: the build made no index.html: keep the plugin after those that make it');
        const source = asking(scriptsOf(bundle, root));
        const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
        const fileName = `assets/map-preload-${hash}.js`;
        this.emitFile({ type: 'asset', fileName, source });
        const html = page.source.toString();
        page.source = html.replace('<head>', `<head>\n    <script src="/${fileName}"></script>`);
      },
    },
  };
}

/** Addresses of the script of the stage and of what it imports, the largest first. @throws Error where it is in no script */
function scriptsOf(bundle: Rolldown.OutputBundle, root: string): readonly string[] {
  const file = resolve(root, STAGE);
  const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
  const stage = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.split('?')[0] === file));
  if (!stage) throw new Error(`map-preload: ${STAGE} is in no script of the build: correct STAGE`);
  const sizeOf = (name: string): number => chunks.find(({ fileName }) => fileName === name)?.code.length ?? 0;
  return [stage.fileName, ...stage.imports]
    .filter((name) => sizeOf(name) > WORTH_BYTES)
    .sort((a, b) => sizeOf(b) - sizeOf(a))
    .map((name) => `/${name}`);
}

const asking = (scripts: readonly string[]): string =>
  `if(${PAGES}.test(location.pathname))for(const href of ${JSON.stringify(scripts)})` +
  `document.head.append(Object.assign(document.createElement('link'),{rel:'modulepreload',href}))`;
