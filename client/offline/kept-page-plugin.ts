// Vite plugin: builds the service worker of the page of the field into /field-worker.js, with the list of what that page needs.
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

/** What the page loads by itself: what it imports comes with it. */
const OPENED = [
  'client/main.ts',
  'client/screens/field/FieldScreen.vue',
  'client/panels/search/SearchPanel.vue',
] as const;
const WORKER = 'field-worker.js';

export function keptPage(): Plugin {
  let root = '';
  return {
    name: 'kept-page',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset')
          this.error('kept-page: the build made no index.html: keep the plugin last');
        const files = filesOf(bundle, root);
        const id = createHash('sha256')
          .update(JSON.stringify([page.source.toString(), files]))
          .digest('hex')
          .slice(0, 12);
        this.emitFile({ type: 'asset', fileName: WORKER, source: await worker(root, { id, files }) });
      },
    },
  };
}

/** Addresses of the scripts and styles, the entry of the page first. @throws Error naming a source that is in no script */
function filesOf(bundle: Rolldown.OutputBundle, root: string): string[] {
  const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const files = new Set<string>();
  const add = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || files.has(chunk.fileName)) return;
    files.add(chunk.fileName);
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
    for (const name of chunk.imports) add(byName.get(name));
  };
  for (const source of OPENED) {
    const file = resolve(root, source);
    const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.split('?')[0] === file));
    if (!chunk) throw new Error(`kept-page: ${source} is in no script of the build: correct OPENED`);
    add(chunk);
  }
  return [...files].map((name) => `/${name}`);
}

/** One script that imports nothing: browsers start it without the page. */
async function worker(
  root: string,
  { id, files }: { readonly id: string; readonly files: readonly string[] },
): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { FIELD_BUILD: JSON.stringify(id), FIELD_FILES: JSON.stringify(files) },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: {
        input: resolve(root, 'client/offline/field-worker.ts'),
        output: { format: 'iife', entryFileNames: WORKER },
      },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
  return output[0].code;
}
