// When a page is worth a picture: everything loaded, every layer said, names and signs at rest. No wait by the clock: each
// look waits for two drawn frames, and a page has settled when some looks in a row saw the same.
import type { Page } from 'playwright-core';
import type { FlatHook } from '../../client/map/flat/flat-hook.ts';
import type { Picture } from '../../scripts/shots/pictures.ts';

declare global {
  interface Window {
    flatMap?: FlatHook;
  }
}

const SAME_LOOKS = 4;
/** A wall of 16 million pixels, drawn by software on a busy machine, takes minutes to load its relief. */
const MOST_LOOKS = 300;
const PAUSE_MS = 400;
/** Of what is written on the map this part may differ between two looks: in a live city something always moves. */
const STIRRING = 0.1;

/** What must stand still, or the reason why the page is not ready. Runs in the page. */
async function look(map: Picture['map']): Promise<{ wait: string } | { seen: readonly string[] }> {
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  window.cockpit?.render();
  await frame();
  await frame();
  if (document.fonts.status !== 'loaded') return { wait: 'fonts' };
  const fetching = /正在取[^。，\s]*/.exec(document.body.innerText);
  if (fetching) return { wait: fetching[0] };
  if (document.querySelector('.lost')) return { wait: 'link' };
  const moves = ({ playState, effect }: Animation): boolean =>
    playState === 'running' && effect?.getTiming().iterations !== Infinity;
  if (document.getAnimations().some(moves)) return { wait: 'a panel' };
  if (map === 'none') return { seen: [`${document.querySelectorAll('*').length}`] };
  if (map === 'flat') {
    const { flatMap } = window;
    if (!flatMap?.ready) return { wait: 'light map' };
    return { seen: [flatMap.heightM.toFixed(0), ...flatMap.labels()] };
  }
  const { cockpit } = window;
  if (cockpit?.failure) throw new Error(`the map: ${cockpit.failure}`);
  if (!cockpit?.globeReady) return { wait: ['globe', ...(cockpit?.waitsFor ?? [])].join(' ') };
  if (cockpit.link !== 'live') return { wait: `link ${cockpit.link}` };
  if (cockpit.work().flying) return { wait: 'flight' };
  const boxes = cockpit.written().map(({ id, box }) => `${id} ${box.map(Math.round).join(',')}`);
  return { seen: [cockpit.heightM.toFixed(0), ...boxes] };
}

interface Patience {
  /**
   * What stood there when it had come to rest at another resolution: it must be there again, and no more is asked, since now
   * frames last seconds, and a live city moves between two looks.
   */
  readonly again?: number;
  /** Told what the page waits for, whenever that changes. */
  readonly tell?: (what: string) => void;
}

interface Rest {
  /** What still moved when patience ended. */
  readonly moving: string | null;
  /** How many things stand there. */
  readonly count: number;
}

export async function settle(page: Page, map: Picture['map'], { again, tell }: Patience = {}): Promise<Rest> {
  const enough = again === undefined ? SAME_LOOKS : 0;
  const least = (again ?? 0) * (1 - STIRRING);
  let before: readonly string[] = [];
  let same = 0;
  let what = '';
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const now = await page.evaluate(look, map);
    const waited = what;
    if ('seen' in now) {
      same = isAtRest(before, now.seen) ? same + 1 : 0;
      before = now.seen;
      what = 'names';
      const count = now.seen.length;
      if (same >= enough && count >= least) return { moving: null, count };
    } else {
      same = 0;
      what = now.wait;
    }
    if (what !== waited) tell?.(what);
    await page.waitForTimeout(PAUSE_MS);
  }
  return { moving: what, count: before.length };
}

function isAtRest(before: readonly string[], now: readonly string[]): boolean {
  const known = new Set(before);
  const fresh = now.filter((one) => !known.has(one)).length;
  return fresh <= now.length * STIRRING && Math.abs(now.length - before.length) <= now.length * STIRRING;
}
