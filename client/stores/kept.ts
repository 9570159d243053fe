// Small things a browser keeps for its user. A browser that keeps nothing (private mode, no space) loses only comfort.
const PREFIX = 'cockpit.';

export function readKept(name: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** @returns whether the browser kept it */
export function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
