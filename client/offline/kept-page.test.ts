import { beforeEach, describe, expect, it } from 'vitest';
import { KeptPage, PAGE } from './kept-page.ts';

/** Caches of a browser, in memory. */
class MemoryCaches {
  readonly kept = new Map<string, Map<string, Response>>();

  open(name: string): Promise<Cache> {
    const entries = this.kept.get(name) ?? new Map<string, Response>();
    this.kept.set(name, entries);
    const cache = {
      match: (path: string) => Promise.resolve(entries.get(path)?.clone()),
      put: (path: string, response: Response) => Promise.resolve(void entries.set(path, response)),
    };
    return Promise.resolve(cache as unknown as Cache);
  }
  keys = (): Promise<string[]> => Promise.resolve([...this.kept.keys()]);
  delete = (name: string): Promise<boolean> => Promise.resolve(this.kept.delete(name));
}

const files = ['/assets/index-aaaaaaaa.js', '/assets/index-bbbbbbbb.css'];
const build = { id: 'b1', files };
const FONT = '/assets/noto-12-cccccccc.woff2';
const served = new Map<string, () => Response>();
let caches: MemoryCaches;
let hasNetwork: boolean;
let isSlow: boolean;
let asked: string[];

const kept = (of = build): KeptPage =>
  new KeptPage(of, {
    caches,
    ask: (request) => {
      const path = typeof request === 'string' ? request : new URL(request.url).pathname;
      asked.push(path);
      if (!hasNetwork) return Promise.reject(new TypeError('no network'));
      if (isSlow) return new Promise(() => undefined);
      return Promise.resolve(served.get(path)?.() ?? new Response('', { status: 404 }));
    },
    wait: () => Promise.resolve(),
  });
const request = (path: string): Request => new Request(`http://city.test${path}`);
const textOf = async (answer: Promise<Response>): Promise<string> => (await answer).text();

beforeEach(() => {
  caches = new MemoryCaches();
  hasNetwork = true;
  isSlow = false;
  asked = [];
  served.clear();
  served.set(PAGE, () => new Response(`<script src="${files[0]}">`));
  for (const path of [...files, FONT]) served.set(path, () => new Response(`of ${path}`));
});

describe('what is kept', () => {
  it.each([
    [PAGE, true, 'page'],
    ['/field/', true, 'page'],
    ['/fields', true, 'none'],
    ['/desk', true, 'none'],
    [PAGE, false, 'none'],
    [files[0] ?? '', false, 'file'],
    [FONT, false, 'file'],
    ['/assets/globe-dddddddd.js', false, 'none'],
    ['/api/tasks', false, 'none'],
    ['/api/tasks', true, 'none'],
    ['/api/assets/noto.woff2', false, 'none'],
    ['/socket.io/', false, 'none'],
  ] as const)('%s, opened %s: %s', (path, isOpened, part) => {
    expect(kept().partOf(path, isOpened)).toBe(part);
  });

  it('is all of a build, and its page opens without a network', async () => {
    await kept().keep();
    hasNetwork = false;
    expect(await textOf(kept().page(request(PAGE)))).toContain(files[0]);
    for (const path of files) expect(await textOf(kept().file(request(path), path))).toBe(`of ${path}`);
  });

  it.each([
    ['a page of another build', PAGE, () => new Response('<script src="/assets/index-eeeeeeee.js">')],
    ['a missing script', files[1] ?? '', () => new Response('', { status: 404 })],
    ['a server that is ill', PAGE, () => new Response(files[0], { status: 503 })],
  ])('is nothing of %s', async (_what, path, answer) => {
    served.set(path, answer);
    await expect(kept().keep()).rejects.toThrow(path);
    expect(caches.kept.size).toBe(0);
  });
});

describe('the page', () => {
  it('is that of the server where it answers', async () => {
    await kept().keep();
    served.set(PAGE, () => new Response('newer'));
    expect(await textOf(kept().page(request(PAGE)))).toBe('newer');
  });

  it('is the kept one where the server is ill or silent', async () => {
    await kept().keep();
    served.set(PAGE, () => new Response('ill', { status: 502 }));
    expect(await textOf(kept().page(request(PAGE)))).toContain(files[0]);
    isSlow = true;
    expect(await textOf(kept().page(request(PAGE)))).toContain(files[0]);
  });

  it('fails where nothing was kept, as without this worker', async () => {
    hasNetwork = false;
    await expect(kept().page(request(PAGE))).rejects.toThrow('no network');
  });
});

describe('another build', () => {
  it('is kept beside the old one, which goes when it takes over, and nothing else goes', async () => {
    await kept().keep();
    await caches.open('of somebody else');
    const next = { id: 'b2', files: ['/assets/index-ffffffff.js'] };
    served.set(PAGE, () => new Response(`<script src="${next.files[0]}">`));
    served.set(next.files[0] ?? '', () => new Response('new'));
    await kept(next).keep();
    expect(caches.kept.size).toBe(3);
    await kept(next).clear();
    expect([...caches.kept.keys()]).toEqual(['of somebody else', 'cockpit-field b2']);
  });
});

describe('fonts', () => {
  it('are kept once they were used, and asked for once', async () => {
    await kept().keep();
    await kept().keepFonts([FONT, '/api/session', '/assets/globe-dddddddd.js']);
    await kept().keepFonts([FONT]);
    await kept().file(request(FONT), FONT);
    expect(asked.filter((path) => path === FONT)).toEqual([FONT]);
    expect(asked).not.toContain('/api/session');
    const other = '/assets/noto-13-gggggggg.woff2';
    served.set(other, () => new Response('another'));
    await kept().file(request(other), other);
    hasNetwork = false;
    expect(await textOf(kept().file(request(other), other))).toBe('another');
  });
});
