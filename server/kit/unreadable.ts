// A body that no parser could read was damaged on its way. Its validators must not be used again: the source would
// answer "not modified" and the damage would stay. Parsers say `unreadable`, the HTTP reader listens.

const listeners = new WeakMap<Uint8Array, () => void>();

/** Calls `run` when a parser gives up on exactly these bytes. */
export function whenUnreadable(bytes: Uint8Array, run: () => void): void {
  listeners.set(bytes, run);
}

/** The document as a whole could not be read. */
export function unreadable(bytes: Uint8Array): void {
  listeners.get(bytes)?.();
}
