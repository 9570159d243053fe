// The service worker of the page of the field alone: it opens the page where there is no network. Built into a file of its
// own beside the pages; a build that changes anything of the page changes it, and the browser takes the new one over.
import { after } from '../clock.ts';
import { KeptPage } from './kept-page.ts';

/** What the browser gives to a worker like this and the types of a page do not know. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Lasting {
  readonly data: unknown;
}
interface ServiceWorkerScope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', hear: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', hear: (event: Asked) => void): void;
  addEventListener(type: 'message', hear: (event: Told) => void): void;
}

declare const FIELD_BUILD: string;
declare const FIELD_FILES: readonly string[];

const scope = self as unknown as ServiceWorkerScope;
const kept = new KeptPage(
  { id: FIELD_BUILD, files: FIELD_FILES },
  {
    caches,
    ask: (request, init) => fetch(request, init),
    wait: (ms) => new Promise((resolve) => after(ms, () => resolve())),
  },
);

scope.addEventListener('install', (event) => event.waitUntil(kept.keep().then(() => scope.skipWaiting())));
scope.addEventListener('activate', (event) =>
  event.waitUntil(kept.clear().then(() => scope.clients.claim())),
);
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  const part = kept.partOf(pathname, request.mode === 'navigate');
  if (part === 'page') event.respondWith(kept.page(request));
  if (part === 'file') event.respondWith(kept.file(request, pathname));
});
/** The page tells which fonts it had before this worker was there. */
scope.addEventListener('message', (event) => {
  const { data } = event;
  if (Array.isArray(data)) event.waitUntil(kept.keepFonts(data.filter((one) => typeof one === 'string')));
});
