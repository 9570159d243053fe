// GET /api/quarantine: what was refused, by feed and reason, with samples whose personal data the server has masked.
import { sortedBy, type SortBy } from '../../ui/sort.ts';
import { askWorld } from '../../stores/world.ts';
import type { RawRecord } from './dump.ts';

export interface Sample extends RawRecord {
  readonly at: number;
  readonly detail: string;
}

export interface Shelf {
  readonly feed: string;
  readonly code: string;
  readonly count: number;
  readonly lastAt: number;
  readonly samples: readonly Sample[];
}

export interface UnknownDevice {
  readonly feed: string;
  readonly device: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Quarantine {
  readonly shelves: readonly Shelf[];
  readonly unknownDevices: readonly UnknownDevice[];
}

/** What was asked came to; `quarantine` is what was last known. */
export type QuarantineAnswer =
  | { readonly state: 'waiting' | 'forbidden'; readonly quarantine: Quarantine | null }
  | { readonly state: 'ready'; readonly quarantine: Quarantine }
  | { readonly state: 'failed'; readonly reason: string; readonly quarantine: Quarantine | null };

const FORBIDDEN = [401, 403];

export async function fetchQuarantine(): Promise<QuarantineAnswer> {
  try {
    const response = await askWorld('/api/quarantine');
    if (FORBIDDEN.includes(response.status)) return { state: 'forbidden', quarantine: null };
    if (!response.ok) return { state: 'failed', reason: `HTTP ${response.status}`, quarantine: null };
    const body = (await response.json()) as Partial<Quarantine>;
    const quarantine = { shelves: body.shelves ?? [], unknownDevices: body.unknownDevices ?? [] };
    return { state: 'ready', quarantine };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { state: 'failed', reason, quarantine: null };
  }
}

export interface Filter {
  /** '' for all. */
  readonly feed: string;
  readonly code: string;
  /** Looked for in names, codes, and in the records themselves. */
  readonly text: string;
}

/** What people call things. */
export interface Names {
  readonly feed: (id: string) => string;
  readonly code: (code: string) => string;
}

export const newestFirst: SortBy = { by: 'last', descending: true };

/** Shelves that fit, in the order asked for. */
export function shown(
  shelves: readonly Shelf[],
  { feed, code, text }: Filter,
  { names, sort }: { names: Names; sort: SortBy },
): Shelf[] {
  const wanted = text.normalize('NFKC').trim().toLowerCase();
  const holds = (part: string): boolean => part.toLowerCase().includes(wanted);
  const fitting = shelves.filter(
    (shelf) =>
      (feed === '' || shelf.feed === feed) &&
      (code === '' || shelf.code === code) &&
      (wanted === '' ||
        [shelf.feed, shelf.code, names.feed(shelf.feed), names.code(shelf.code)].some(holds) ||
        shelf.samples.some(({ detail, raw }) => holds(detail) || holds(raw))),
  );
  return sortedBy(fitting, sort, (shelf) => {
    switch (sort.by) {
      case 'feed':
        return names.feed(shelf.feed);
      case 'reason':
        return names.code(shelf.code);
      case 'count':
        return shelf.count;
      case 'first':
        return earliestSample(shelf);
      default:
        return shelf.lastAt;
    }
  });
}

/** The earliest moment of which a sample is still kept; null where none is. */
export const earliestSample = ({ samples }: Shelf): number | null =>
  samples.length === 0 ? null : Math.min(...samples.map(({ at }) => at));
