// Headquarters of one world (docs/crisis.md): who holds which seat, and roll-calls: sent to all, answered, and told upward
// where somebody is missing. Written to the log first.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type {
  AnswerCallRequest,
  BoardTask,
  CrisisRoomPage,
  EndCallRequest,
  HeadquartersView,
  RollCall,
  RollCallRequest,
  SeatRequest,
} from '../../contracts/records/headquarters.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Turns } from '../kit/turns.ts';
import type { Announcement, Announcer } from '../outbound/port.ts';
import type { RecordLog } from '../store/port.ts';
import type { HeadquartersKind, HeldCall } from './fold.ts';
import { HeadquartersFold, headquartersKinds, missingIn } from './fold.ts';
import type { CommandActor, CommandDesk, CommandSources } from './port.ts';
import type { TreeParts } from './tree.ts';
import { activeRuns, boardOf, headquartersOf, roomOf } from './tree.ts';

const SWEEP_MS = 1000;
const MOST_LISTED = 10;
/** What nobody was told of for so long is told to nobody any more. */
const STALE_MS = 86_400_000;

export interface CommandOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sources: CommandSources;
  readonly announcer: Announcer;
}

export class CommandBook implements CommandDesk {
  readonly #options: CommandOptions;
  readonly #fold = new HeadquartersFold();
  readonly #turns = new Turns();
  #timer: Timer | null = null;

  constructor(options: CommandOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    const { log, clock } = this.#options;
    for await (const entry of log.read({ kinds: headquartersKinds })) this.#fold.apply(entry);
    await this.#tell();
    this.#timer = clock.every(SWEEP_MS, () => this.#sweep());
  }

  async close(): Promise<void> {
    this.#timer?.stop();
    await this.#turns.settled();
  }

  view({ reaches }: CommandActor): HeadquartersView {
    const { sources, clock } = this.#options;
    const parts = this.#parts();
    const incidents = new Map([...sources.incidents()].map((one) => [one.id, one]));
    const own = sources.centres.filter(({ region }) => reaches(region));
    return {
      now: clock.now(),
      headquarters: activeRuns(sources)
        .filter(({ run }) => {
          const incident = incidents.get(run.incident);
          return (
            incident &&
            reaches(
              incident.region,
              incident.tasks.map(({ unit }) => unit.id),
            )
          );
        })
        .map((active) => headquartersOf(active, parts)),
      centres: own.map(({ unit, kind }) => ({
        ...{ unit, kind, last: this.#fold.last.get(unit.id) ?? null },
        onDuty: sources.onDuty(unit.id).map(({ name }) => name),
      })),
      calls: [...this.#fold.calls.values()]
        .reverse()
        .slice(0, MOST_LISTED)
        .map((call) => this.#asSeen(call, new Set(own.map(({ unit }) => unit.id))))
        .filter(({ called }) => called.length > 0),
    };
  }

  board({ reaches }: CommandActor): readonly BoardTask[] {
    const regions = new Map([...this.#options.sources.incidents()].map(({ id, region }) => [id, region]));
    return boardOf(this.#parts()).filter(({ incident, unit }) =>
      reaches(regions.get(incident) ?? '', [unit.id]),
    );
  }

  room(): CrisisRoomPage {
    return roomOf(this.#parts());
  }

  seat(by: CommandActor, asked: SeatRequest): Promise<HeadquartersView> {
    return this.#once(by, { kind: 'hq/seat', asked }, () => {
      const { run, seat, until } = asked;
      const found = this.view(by).headquarters.find((one) => one.run === run);
      if (!found)
        throw new CodedError('request/not-found', `activation ${run} goes on nowhere in the own area`);
      if (![...found.seats, ...found.groups].some((one) => one.seat === seat))
        throw new CodedError('request/not-found', `seat ${seat} of activation ${run}`);
      if (until !== null && until <= this.#options.clock.now())
        throw new CodedError('request/invalid', `until: ${until} has passed`);
      return asked;
    });
  }

  call(by: CommandActor, asked: RollCallRequest): Promise<HeadquartersView> {
    return this.#once(by, { kind: 'roll-call/begin', asked }, () => {
      const { sources } = this.#options;
      if (!by.reaches(asked.area))
        throw new CodedError('request/forbidden', `${asked.area} lies outside the own area`);
      const isCity = sources.centres.some(({ kind, region }) => kind === 'city' && region === asked.area);
      const called = sources.centres.filter(
        ({ kind, region }) =>
          (isCity || region.startsWith(asked.area)) && (asked.scope === 'all' || kind !== 'post'),
      );
      if (called.length === 0) throw new CodedError('request/not-found', `no centre lies in ${asked.area}`);
      const crisis = sources.crises().find(({ incident }) => incident !== null);
      return {
        ...asked,
        called: called.map(({ unit }) => unit.id),
        incident: crisis?.incident ?? null,
        name: crisis?.name ?? '',
      };
    });
  }

  answer(by: CommandActor, call: number, asked: AnswerCallRequest): Promise<HeadquartersView> {
    return this.#once(by, { kind: 'roll-call/answer', asked: { ...asked, call } }, () => {
      const held = this.#openCall(call);
      const centre = this.#options.sources.centres.find(({ unit }) => unit.id === asked.unit);
      if (!centre || !held.called.includes(asked.unit) || !by.reaches(centre.region))
        throw new CodedError('request/not-found', `${asked.unit} is not called in roll-call ${call}`);
      return { ...asked, call };
    });
  }

  end(by: CommandActor, call: number, asked: EndCallRequest): Promise<HeadquartersView> {
    return this.#once(by, { kind: 'roll-call/end', asked: { ...asked, call } }, () => {
      const { area } = this.#openCall(call);
      if (!by.reaches(area)) throw new CodedError('request/not-found', `roll-call ${call}`);
      return { ...asked, call };
    });
  }

  #parts(): TreeParts {
    return { sources: this.#options.sources, fold: this.#fold, now: this.#options.clock.now() };
  }

  #openCall(id: number): HeldCall {
    const held = this.#fold.calls.get(id);
    if (!held) throw new CodedError('request/not-found', `roll-call ${id}`);
    if (held.endedAt !== null) throw new CodedError('request/conflict', `roll-call ${id} has ended`);
    return held;
  }

  #asSeen(call: HeldCall, own: ReadonlySet<string>): RollCall {
    const { id, at, by, area, dueAt, text, escalatedAt, endedAt } = call;
    const refs = (ids: readonly string[]): UnitRef[] =>
      ids.flatMap((one) => (own.has(one) ? (this.#unitOf(one) ?? []) : []));
    return {
      ...{ id, at, by, area, dueAt, text, escalatedAt, endedAt },
      called: refs(call.called),
      answers: [...call.answers.values()].filter(({ unit }) => own.has(unit)),
      missing: refs(missingIn(call)),
    };
  }

  #unitOf(id: string): UnitRef | undefined {
    return this.#options.sources.units.find((unit) => unit.id === id);
  }

  #once(
    by: CommandActor,
    { kind, asked }: { kind: HeadquartersKind; asked: { readonly action: string; readonly call?: number } },
    bodyOf: () => object,
  ): Promise<HeadquartersView> {
    return this.#turns.take(['command'], async () => {
      const hash = createHash('sha256')
        .update(`${kind} ${by.id} ${canonicalJson(JSON.parse(JSON.stringify(asked)))}`)
        .digest('base64');
      const before = this.#fold.done.get(asked.action);
      if (before !== undefined && before !== hash)
        throw new CodedError('request/invalid', `action: ${asked.action} was used for something else`);
      if (before === undefined) await this.#write(by.id, kind, { ...bodyOf(), hash });
      await this.#tell();
      return this.view(by);
    });
  }

  async #write(by: string, kind: HeadquartersKind, body: object): Promise<void> {
    this.#fold.apply(await this.#options.log.append({ subject: by, kind, body: body as LogEntry['body'] }));
  }

  /** Calls whose time is over and in which somebody is missing. */
  #sweep(): void {
    const now = this.#options.clock.now();
    const due = [...this.#fold.calls.values()].filter(
      (call) =>
        call.endedAt === null && call.escalatedAt === null && call.dueAt <= now && missingIn(call).length > 0,
    );
    if (due.length === 0) return;
    void this.#turns
      .take(['command'], async () => {
        for (const { id } of due) {
          const call = this.#fold.calls.get(id);
          if (!call || call.escalatedAt !== null || call.endedAt !== null) continue;
          await this.#write('system', 'roll-call/escalate', { call: id, missing: missingIn(call) });
        }
        await this.#tell();
      })
      .catch((error: unknown) =>
        this.#options.logger.error('roll-call.not-settled', { error: String(error) }),
      );
  }

  /** All of it each time: the outbox tells each once. */
  async #tell(): Promise<void> {
    const since = this.#options.clock.now() - STALE_MS;
    for (const call of this.#fold.calls.values()) {
      const { incident, at, by } = call;
      if (incident === null || at < since) continue;
      await this.#options.announcer.announce(by, this.#newsOf(call, incident));
    }
  }

  #newsOf(
    { id, at, called, name, text, dueAt, escalatedAt, answers }: HeldCall,
    incident: number,
  ): Announcement[] {
    const news = (about: 'roll-call' | 'missing', to: UnitRef, said: string): Announcement => ({
      ...{ about, incident, to, plan: null, once: `r${id}-${at.toString(36)}-${about}-${to.id}` },
      words: { plan: name, level: '', text: said, dueAt },
    });
    const calls = called.flatMap((unit) => {
      const to = this.#unitOf(unit);
      return to ? [news('roll-call', to, text)] : [];
    });
    if (escalatedAt === null) return calls;
    const above = new Map<string, string[]>();
    for (const unit of called) {
      const answer = answers.get(unit);
      if (answer && answer.at <= escalatedAt) continue;
      const to = this.#above(unit);
      above.set(to, [...(above.get(to) ?? []), this.#unitOf(unit)?.name.zh ?? unit]);
    }
    const upward = [...above].flatMap(([unit, names]) => {
      const to = this.#unitOf(unit);
      return to ? [news('missing', to, names.join('、'))] : [];
    });
    return [...calls, ...upward];
  }

  /** A post is its county's; a county is the city's. */
  #above(unit: string): string {
    const county = /^town:(\d{6})/.exec(unit)?.[1];
    const centre = county === undefined ? undefined : this.#unitOf(`county:${county}`);
    return centre?.id ?? 'city';
  }
}
