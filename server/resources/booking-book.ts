// Bookings of one world: who called what of which resource for which incident. Written first, folded then; who changes the
// same resource goes one after another, so that the last boat is called once.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type {
  Booking,
  BookRequest,
  DecideRequest,
  ReleaseRequest,
  ResourceItem,
} from '../../contracts/records/resource.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import type { BookBody, DecideBody, ReleaseBody } from './booking-fold.ts';
import { BookingFold, bookingKinds, missing } from './booking-fold.ts';
import type { Bookings, Caller, ResourceActor } from './port.ts';

/** Ended ones that are listed. */
const MOST_ENDED = 100;

/** What is known of a resource when it is called. */
export interface Called {
  readonly name: string;
  readonly region: string;
  /** What may still be called. */
  readonly free: (item: ResourceItem) => number;
}

export interface BookingOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly incident: Caller;
  /** null: there is no such resource, or not for them. */
  readonly resource: (by: ResourceActor, key: string) => Called | null;
}

export class BookingBook implements Bookings {
  readonly #options: BookingOptions;
  readonly #fold = new BookingFold();
  readonly #turns = new Turns();

  constructor(options: BookingOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: bookingKinds })) this.#fold.apply(entry);
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  held(resource: string, item: ResourceItem): number {
    return this.#fold.held(resource, item);
  }

  openOf(resource: string): readonly Booking[] {
    return this.#fold.openOf(resource);
  }

  list(by: ResourceActor, incident?: number): readonly Booking[] {
    const seen = [...this.#fold.bookings.values()].filter(
      (one) => (incident === undefined || one.incident === incident) && isSeen(by, one),
    );
    const isOpen = ({ state }: Booking): boolean => state === 'held' || state === 'contested';
    return [
      ...seen.filter(isOpen).reverse(),
      ...seen
        .filter((one) => !isOpen(one))
        .reverse()
        .slice(0, MOST_ENDED),
    ];
  }

  book(by: ResourceActor, asked: BookRequest): Promise<Booking> {
    return this.#once(by, { verb: 'book', about: asked.resource, asked }, async (hash) => {
      const { resource: key, items, task = null, note, action, contest } = asked;
      const called = this.#options.resource(by, key);
      if (!called) throw new CodedError('request/not-found', `resource ${key}`);
      if (!by.reaches(called.region)) throw new CodedError('request/forbidden', `resource ${key}`);
      const incident = this.#incidentOf(by, asked);
      const short = missing(items, called.free);
      const against = this.#fold
        .openOf(key)
        .filter((one) => one.state === 'held' && short.some((item) => (one.items[item] ?? 0) > 0));
      if (short.length > 0 && !contest)
        throw new CodedError('request/conflict', shortOf(key, { short, asked, called, against }));
      const body: BookBody = {
        ...{
          action,
          hash,
          resource: key,
          resourceName: called.name,
          region: called.region,
          items,
          task,
          note,
        },
        ...{ incident: incident.id, incidentNo: incident.no, incidentRegion: incident.region },
        ...{ contested: short.length > 0, against: against.map(({ id }) => id) },
        at: asked.happenedAt ?? this.#options.clock.now(),
      };
      return this.#write(by, 'resource/book', body);
    });
  }

  release(by: ResourceActor, id: number, asked: ReleaseRequest): Promise<Booking> {
    const { resource } = this.#require(by, id);
    return this.#once(by, { verb: `release ${id}`, about: resource, asked }, async (hash) => {
      const before = this.#current(by, id, asked.seen);
      if (!by.reaches(before.region) && !by.reaches(before.incidentRegion))
        throw new CodedError('request/forbidden', `booking ${id}`);
      if (before.state !== 'held' && before.state !== 'contested')
        throw new CodedError('request/conflict', `booking ${id} is ${before.state} already`);
      const { action, reason } = asked;
      const at = asked.happenedAt ?? this.#options.clock.now();
      const body: ReleaseBody = { action, hash, booking: id, at, reason };
      await this.#write(by, 'resource/release', body);
      return this.#require(by, id);
    });
  }

  decide(by: ResourceActor, id: number, asked: DecideRequest): Promise<Booking> {
    const { resource } = this.#require(by, id);
    return this.#once(by, { verb: `decide ${id}`, about: resource, asked }, async (hash) => {
      const before = this.#current(by, id, asked.seen);
      if (before.state !== 'contested')
        throw new CodedError(
          'request/conflict',
          `booking ${id} is ${before.state}: nothing is to be decided`,
        );
      if (before.by === by.id)
        throw new CodedError('access/duties', `booking ${id}: who asked for it does not decide on it`);
      const held = new Set(this.#fold.openOf(resource).map((one) => one.id));
      const wrong = asked.instead.find((other) => other === id || !held.has(other));
      if (wrong !== undefined)
        throw new CodedError('request/invalid', `instead: ${wrong} holds nothing of resource ${resource}`);
      const { action, grant, instead, reason } = asked;
      const at = asked.happenedAt ?? this.#options.clock.now();
      const body: DecideBody = { action, hash, booking: id, at, reason, grant, instead };
      await this.#write(by, 'resource/decide', body);
      return this.#require(by, id);
    });
  }

  #incidentOf(by: ResourceActor, { incident: id, task }: BookRequest): NonNullable<ReturnType<Caller>> {
    const found = this.#options.incident(id);
    if (
      !found ||
      !by.reaches(
        found.region,
        found.tasks.map(({ unit }) => unit.id),
      )
    )
      throw new CodedError('request/not-found', `incident ${id}`);
    if (['closed', 'archived', 'merged'].includes(found.stage))
      throw new CodedError('request/conflict', `incident ${found.no} is over: nothing is called for it`);
    if (task !== undefined && !found.tasks.some((one) => one.id === task))
      throw new CodedError('request/invalid', `task: ${task} is no task of incident ${found.no}`);
    return found;
  }

  #require(by: ResourceActor, id: number): Booking {
    const found = this.#fold.bookings.get(id);
    if (!found || !isSeen(by, found)) throw new CodedError('request/not-found', `booking ${id}`);
    return found;
  }

  #current(by: ResourceActor, id: number, seen: number): Booking {
    const found = this.#require(by, id);
    if (found.seq !== seen)
      throw new CodedError('request/conflict', `seen: ${seen}, but booking ${id} is at ${found.seq}`);
    return found;
  }

  /** What was done already is answered with what became of it. */
  #once(
    by: ResourceActor,
    of: { readonly verb: string; readonly about: string; readonly asked: { readonly action: string } },
    act: (hash: string) => Promise<Booking>,
  ): Promise<Booking> {
    const { verb, about, asked } = of;
    const hash = createHash('sha256')
      .update(`${verb} ${canonicalJson(asked)}`)
      .digest('hex');
    return this.#turns.take([about, asked.action], async () => {
      const before = this.#fold.done.get(asked.action);
      if (!before) return act(hash);
      if (before.hash !== hash)
        throw new CodedError('request/invalid', `action: ${asked.action} was used for something else`);
      return this.#require(by, before.booking);
    });
  }

  async #write(
    by: ResourceActor,
    kind: (typeof bookingKinds)[number],
    body: BookBody | ReleaseBody | DecideBody,
  ): Promise<Booking> {
    const entry = await this.#options.log.append({ subject: by.id, kind, body: body as never });
    this.#fold.apply(entry);
    return this.#fold.bookings.get(entry.seq) ?? this.#require(by, (body as ReleaseBody).booking);
  }
}

const isSeen = ({ reaches }: ResourceActor, { region, incidentRegion }: Booking): boolean =>
  reaches(region) || reaches(incidentRegion);

function shortOf(
  key: string,
  {
    short,
    asked,
    called,
    against,
  }: {
    readonly short: readonly ResourceItem[];
    readonly asked: BookRequest;
    readonly called: Called;
    readonly against: readonly Booking[];
  },
): string {
  const parts = short.map((item) => `${item} ${asked.items[item] ?? 0} of ${called.free(item)} free`);
  const holders = against.map((one) => `booking ${one.id} for ${one.incidentNo}`);
  return `resource ${key}: ${parts.join(', ')}${holders.length > 0 ? `; held by ${holders.join(', ')}` : ''} → ask for less, or contest it so that somebody decides`;
}
