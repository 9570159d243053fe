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
