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
        const scripts = filesOf(bundle, root);
        const files = [...scripts, ...fontsOf(bundle, wordsOf(bundle, root))];
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

/** The script of the page itself: all it says, also what it says only without a network, stands there. */
function wordsOf(bundle: Rolldown.OutputBundle, root: string): string {
  const file = resolve(root, OPENED[1]);
  for (const one of Object.values(bundle))
    if (one.type === 'chunk' && one.moduleIds.some((id) => id.split('?')[0] === file)) return one.code;
  return '';
}

const FACE = /@font-face\s*\{[^}]*\}/g;

/** Addresses of the parts of fonts that hold its letters: no font of the phone is assumed. */
function fontsOf(bundle: Rolldown.OutputBundle, words: string): string[] {
  const letters = [...new Set(words.match(/[\u2e80-\uffef]/gu) ?? [])].map(
    (letter) => letter.codePointAt(0) ?? 0,
  );
  const sheets = Object.values(bundle).filter((one) => one.type === 'asset' && one.fileName.endsWith('.css'));
  const faces = sheets.flatMap((sheet) =>
    'source' in sheet ? (String(sheet.source).match(FACE) ?? []) : [],
  );
  const held = faces.filter(
    (face) =>
      /Sans SC/.test(face) &&
      rangesOf(face).some(([from, to]) => letters.some((code) => code >= from && code <= to)),
  );
  return [...new Set(held.flatMap((face) => /url\(["']?([^"')]+\.woff2)/.exec(face)?.[1] ?? []))];
}

/** `unicode-range: U+4e00-4e10, U+5f?` → first and last of each. */
function rangesOf(face: string): (readonly [number, number])[] {
  const [, said = ''] = /unicode-range:\s*([^;}]+)/i.exec(face) ?? [];
  return [...said.matchAll(/U\+([0-9a-f]+)(\?*)(?:-([0-9a-f]+))?/gi)].map(([, from = '', any = '', to]) => {
    const first = parseInt(from + any.replaceAll('?', '0'), 16);
    return [first, parseInt(to ?? from + any.replaceAll('?', 'f'), 16)] as const;
  });
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
