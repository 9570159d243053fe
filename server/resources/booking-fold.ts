// Bookings as the fold of their entries: pure, so that a start makes what a run had.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Amounts, Booking, ResourceItem } from '../../contracts/records/resource.ts';

export const bookingKinds = ['resource/book', 'resource/release', 'resource/decide'] as const;

export interface BookBody extends Pick<
  Booking,
  | 'resource'
  | 'resourceName'
  | 'region'
  | 'incidentRegion'
  | 'items'
  | 'incident'
  | 'incidentNo'
  | 'task'
  | 'note'
  | 'against'
> {
  readonly action: string;
  readonly hash: string;
  /** More than what was free. */
  readonly contested: boolean;
  /** When it was done, epoch ms. */
  readonly at: number;
}
interface Said {
  readonly action: string;
  readonly hash: string;
  readonly booking: number;
  readonly at: number;
  readonly reason: string;
}
export type ReleaseBody = Said;
export interface DecideBody extends Said {
  readonly grant: boolean;
  readonly instead: readonly number[];
}

export class BookingFold {
  /** Oldest first. */
  readonly bookings = new Map<number, Booking>();
  /** What a client did, so that it is done once. */
  readonly done = new Map<string, { readonly hash: string; readonly booking: number }>();
  /** Open ones by resource. */
  readonly #open = new Map<string, Set<number>>();

  apply({ seq, kind, subject: by, body }: Pick<LogEntry, 'seq' | 'kind' | 'subject' | 'body'>): void {
    if (kind === 'resource/book') {
      const { contested, action, hash, ...said } = body as unknown as BookBody;
      this.done.set(action, { hash, booking: seq });
      const state = contested ? 'contested' : 'held';
      this.#keep({ ...said, id: seq, seq, by, state, decided: null, ended: null });
    } else if (kind === 'resource/release') {
      const said = body as unknown as ReleaseBody;
      this.done.set(said.action, { hash: said.hash, booking: said.booking });
      this.#end(said.booking, seq, { by, at: said.at, reason: said.reason });
    } else if (kind === 'resource/decide') {
      const said = body as unknown as DecideBody;
      this.done.set(said.action, { hash: said.hash, booking: said.booking });
      const before = this.bookings.get(said.booking);
      if (before?.state !== 'contested') return;
      const decided = { by, at: said.at, reason: said.reason };
      for (const other of said.grant ? said.instead : []) this.#end(other, seq, decided);
      this.#keep({ ...before, seq, state: said.grant ? 'held' : 'refused', decided });
    }
  }

  /** Held and contested ones, oldest first. */
  openOf(resource: string): readonly Booking[] {
    return [...(this.#open.get(resource) ?? [])].flatMap((id) => this.bookings.get(id) ?? []);
  }

  /** What bookings hold of an item. */
  held(resource: string, item: ResourceItem): number {
    let sum = 0;
    for (const { state, items } of this.openOf(resource)) if (state === 'held') sum += items[item] ?? 0;
    return sum;
  }

  #keep(booking: Booking): void {
    this.bookings.set(booking.id, booking);
    const isOpen = booking.state === 'held' || booking.state === 'contested';
    const open = this.#open.get(booking.resource) ?? new Set();
    if (isOpen) open.add(booking.id);
    else open.delete(booking.id);
    this.#open.set(booking.resource, open);
  }

  #end(id: number, seq: number, ended: Booking['ended']): void {
    const before = this.bookings.get(id);
    if (before && (before.state === 'held' || before.state === 'contested'))
      this.#keep({ ...before, seq, state: 'released', ended });
  }
}

/** Of what is asked for, what is more than what is free. */
export const missing = (asked: Amounts, free: (item: ResourceItem) => number): ResourceItem[] =>
  (Object.entries(asked) as [ResourceItem, number][]).flatMap(([item, amount]) =>
    amount > free(item) ? [item] : [],
  );
