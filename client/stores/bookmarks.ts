// Named views, kept by this browser; they travel to others as a file.
import { shallowRef } from 'vue';
import { keep, readKept } from './kept.ts';
import { applyShared, currentShared, readShared, writeShared } from './share.ts';

export interface Bookmark {
  readonly name: string;
  /** City clock when it was made, epoch ms. */
  readonly madeAt: number;
  /** The view, written as in a share link. */
  readonly view: string;
}

const MOST = 200;
const FORMAT = 'cockpit-bookmarks/1';

/** Newest first; names are unique. */
export const bookmarks = shallowRef<readonly Bookmark[]>(toBookmarks(readKept('bookmarks')));

function store(list: readonly Bookmark[]): boolean {
  bookmarks.value = list.slice(0, MOST);
  return keep('bookmarks', bookmarks.value);
}

/** Keeps the view of now; one of the same name is replaced. @returns whether the browser kept it */
export function addBookmark(name: string, now: number): boolean {
  const one = { name, madeAt: now, view: writeShared(currentShared()).toString() };
  return store([one, ...bookmarks.value.filter((other) => other.name !== name)]);
}

export function removeBookmark(name: string): void {
  store(bookmarks.value.filter((one) => one.name !== name));
}

export function openBookmark({ view }: Bookmark): void {
  const { view: shared } = readShared(new URLSearchParams(view));
  if (shared) applyShared(shared);
}

export function writeBookmarks(list: readonly Bookmark[]): string {
  return JSON.stringify({ format: FORMAT, bookmarks: list }, null, 1);
}

/**
 * What a file holds.
 * @throws Error naming what does not fit
 */
export function parseBookmarks(text: string): readonly Bookmark[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Error('not JSON');
  }
  const { format, bookmarks: list } = (body ?? {}) as { format?: unknown; bookmarks?: unknown };
  if (format !== FORMAT) throw new Error(`format: ${JSON.stringify(format)} is not ${FORMAT}`);
  const found = toBookmarks(list);
  if (found.length === 0) throw new Error('bookmarks: none that can be read');
  return found;
}

/** Those of a file win over those of the same name here. @returns whether the browser kept them */
export function importBookmarks(list: readonly Bookmark[]): boolean {
  const names = new Set(list.map(({ name }) => name));
  return store([...list, ...bookmarks.value.filter(({ name }) => !names.has(name))]);
}

function toBookmarks(value: unknown): readonly Bookmark[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): Bookmark[] => {
    const { name, madeAt, view } = (item ?? {}) as Record<string, unknown>;
    const fits = typeof name === 'string' && typeof madeAt === 'number' && typeof view === 'string';
    return fits && readShared(new URLSearchParams(view)).view ? [{ name, madeAt, view }] : [];
  });
}
