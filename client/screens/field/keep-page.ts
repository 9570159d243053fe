// Has the browser keep this page, so that it opens without a network. Browsers do so over TLS and on the machine itself
// alone: elsewhere there is nothing to ask, and the page opens with a network.
import { ref } from 'vue';
import { every, type Stop } from '../../clock.ts';

/** Another build took over since this page was opened: what is kept is newer than what is shown. */
export const isReplaced = ref(false);

/** A page that is never closed hears of another build as often, milliseconds. */
const LOOK_MS = 3_600_000;

export function keepPage(): Stop {
  const container = 'serviceWorker' in navigator && import.meta.env.PROD ? navigator.serviceWorker : null;
  if (!container) return () => undefined;
  let isKept = container.controller !== null;
  const replaced = (): void => {
    isReplaced.value = isKept;
    isKept = true;
  };
  const look = (): void => {
    void container
      .register('/field-worker.js', { scope: '/field', updateViaCache: 'none' })
      .then((found) => found.update())
      // Without a network, or on a server that has none: it is tried again.
      .catch(() => undefined);
  };
  look();
  void tellFonts(container);
  container.addEventListener('controllerchange', replaced);
  addEventListener('online', look);
  const stop = every(LOOK_MS, look);
  return () => {
    stop();
    container.removeEventListener('controllerchange', replaced);
    removeEventListener('online', look);
  };
}

/** Those that came before there was somebody to keep them. */
async function tellFonts(container: ServiceWorkerContainer): Promise<void> {
  const [{ active }] = await Promise.all([container.ready, document.fonts.ready]);
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  active?.postMessage(loaded.filter((path) => path.endsWith('.woff2')));
}
