// Small things a browser keeps for its user. A browser that keeps nothing (private mode, no space) loses only comfort.
// What is kept in a world beside live stays there, and goes with its tab.
import { isLiveWorld, worldId } from './world.ts';

const PREFIX = 'cockpit.';
const placeOf = (name: string): readonly [Storage, string] =>
  isLiveWorld()
    ? [localStorage, PREFIX + name]
    : [sessionStorage, `${PREFIX}${worldId.value ?? 'none'}.${name}`];

export function readKept(name: string): unknown {
  try {
    const [storage, key] = placeOf(name);
    const text = storage.getItem(key);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** @returns whether the browser kept it */
export function keep(name: string, value: unknown): boolean {
  try {
    const [storage, key] = placeOf(name);
    storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Lets go of everything whose name begins so, in every world: what was kept of somebody's work goes with them. */
export function forgetKept(beginning: string): void {
  try {
    for (const storage of [localStorage, sessionStorage]) {
      const names = Object.keys(storage).filter((key) => isKeptAs(key, beginning));
      for (const name of names) storage.removeItem(name);
    }
  } catch {
    // A browser that keeps nothing has nothing to let go of.
  }
}

/** `cockpit.field.unit` of live and `cockpit.d1.field.unit` of another world both begin with `field.`. */
const isKeptAs = (key: string, beginning: string): boolean =>
  key.startsWith(PREFIX) && key.includes(`.${beginning}`);
