// Which world of the server is meant, in the words of addresses. The page's own is in stores/world.ts.
import type { WorldFacts } from '../contracts/records/world.ts';

/** The schemas of the contract are not needed for this one word of it. */
export const LIVE_WORLD = 'live' satisfies WorldFacts['kind'];
/** As long as ids of worlds are, contracts/wire.ts. */
const LONGEST = 40;

/** Whether a path is one where a world is chosen only after the page has come. */
const choosesLater = (pathname: string): boolean => /^\/play\/?$/.test(pathname);

/** The world an address names: live where it names none, null where it is still to be chosen. */
export function worldOf(pathname: string, query: URLSearchParams): string | null {
  const named = query.get('world')?.trim() ?? '';
  if (named !== '' && named.length <= LONGEST) return named;
  return choosesLater(pathname) ? null : LIVE_WORLD;
}

/** An address of the server for a world: `/api/x?a=1` → `/api/x?a=1&world=d1`. Live, or none yet, needs no word. */
export function ofWorld(path: string, world: string | null): string {
  if (world === null || world === LIVE_WORLD) return path;
  return `${path}${path.includes('?') ? '&' : '?'}world=${encodeURIComponent(world)}`;
}
