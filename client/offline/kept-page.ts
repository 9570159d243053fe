// The page of the field as it is kept by the browser: its HTML and the files the build lists. Answers of the interface are
// none of its business: what is asked of /api goes to the server or fails, so that nothing old is ever taken for live.

/** What a build makes of the page; put into the worker by the build (kept-page-plugin.ts). */
export interface KeptBuild {
  /** Changes with anything of the page. */
  readonly id: string;
  /** Addresses of scripts and styles; their names change with what they hold. The first is named by the page itself. */
  readonly files: readonly string[];
}

/** What of a browser it needs. */
export interface KeptPagePorts {
  readonly caches: Pick<CacheStorage, 'open' | 'keys' | 'delete'>;
  ask(request: Request | string, init?: RequestInit): Promise<Response>;
  /** Resolves after as many milliseconds. */
  wait(ms: number): Promise<void>;
}

export const PAGE = '/field';
const PREFIX = 'cockpit-field ';
/** How long somebody looks at nothing where the network is there and does not answer, milliseconds. */
const PATIENCE_MS = 4000;
/** Names of built files change with what they hold. */
const isFont = (path: string): boolean => /^\/assets\/[^/]+\.woff2$/.test(path);

/** What answers a request; none: the network alone, as if this worker were not there. */
export type Part = 'page' | 'file' | 'none';

export class KeptPage {
  readonly #build: KeptBuild;
  readonly #ports: KeptPagePorts;
  readonly #files: ReadonlySet<string>;

  constructor(build: KeptBuild, ports: KeptPagePorts) {
    this.#build = build;
    this.#ports = ports;
    this.#files = new Set(build.files);
  }

  /** @param path of an address of this server @param isOpened a person opens it: it is no file of a page */
  partOf(path: string, isOpened: boolean): Part {
    if (isOpened) return path.replace(/\/$/, '') === PAGE ? 'page' : 'none';
    return this.#files.has(path) || isFont(path) ? 'file' : 'none';
  }

  /**
   * Keeps all of the build, or nothing.
   * @throws Error where a file is missing, or the page is not of this build: of a newer one, or of somebody in between
   */
  async keep(): Promise<void> {
    const { caches, ask } = this.#ports;
    const page = await ask(PAGE, { cache: 'no-cache' });
    const [entry = ''] = this.#build.files;
    const text = await page.clone().text();
    if (!page.ok || !text.includes(entry))
      throw new Error(`${PAGE}: the page that came (${page.status}) is not of build ${this.#build.id}`);
    const files = await Promise.all(
      this.#build.files.map(async (path) => {
        const file = await ask(path);
        if (!file.ok) throw new Error(`${path}: ${file.status}: the page would not open without it`);
        return [path, file] as const;
      }),
    );
    const cache = await caches.open(this.#name);
    for (const [path, file] of files) await cache.put(path, file);
    // Last: where it is there, all of it is.
    await cache.put(PAGE, page);
  }

  /** Fonts come in many small parts: the ones that were used are kept, so that the page looks the same. */
  async keepFonts(paths: readonly string[]): Promise<void> {
    const cache = await this.#cache();
    for (const path of paths.filter(isFont)) {
      if (await cache.match(path)) continue;
      const font = await this.#ports.ask(path).catch(() => null);
      if (font?.ok) await cache.put(path, font);
    }
  }

  /** What other builds left. */
  async clear(): Promise<void> {
    const names = await this.#ports.caches.keys();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== this.#name);
    await Promise.all(old.map((name) => this.#ports.caches.delete(name)));
  }

  /** The page of the server; the kept one where the server cannot be reached, is ill, or takes too long. */
  async page(request: Request): Promise<Response> {
    const kept = await (await this.#cache()).match(PAGE);
    if (!kept) return this.#ports.ask(request);
    const answer = await Promise.race([
      this.#ports.ask(request).catch(() => null),
      this.#ports.wait(PATIENCE_MS).then(() => null),
    ]);
    return answer && answer.status < 500 ? answer : kept;
  }

  async file(request: Request, path: string): Promise<Response> {
    const cache = await this.#cache();
    const kept = await cache.match(path, { ignoreVary: true });
    if (kept) return kept;
    const answer = await this.#ports.ask(request);
    if (answer.ok && isFont(path)) await cache.put(path, answer.clone());
    return answer;
  }

  get #name(): string {
    return PREFIX + this.#build.id;
  }

  #cache(): Promise<Cache> {
    return this.#ports.caches.open(this.#name);
  }
}
