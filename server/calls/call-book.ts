// Calls of one world (docs/orders.md): written first, then each unit is told once through the outbox; what units answer is on
// record. In a drill all of it is written, and nothing leaves.
import { createHash } from 'node:crypto';
import type { LonLat } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type {
  AnswerRequest,
  Call,
  CallMember,
  CallPage,
  CallRequest,
  UnitFound,
} from '../../contracts/records/call.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import { dayNumber } from '../kit/day-number.ts';
import { filled, shortTime } from '../kit/filled-words.ts';
import { regionOfUnit, unitOfAreas } from '../kit/unit-areas.ts';
import { Turns } from '../kit/turns.ts';
import type { Note, OutboundRules, Teller } from '../outbound/port.ts';
import type { RecordLog } from '../store/port.ts';
import { isInside } from './inside.ts';
import type { CallActor, CallGround, Calls } from './port.ts';

const MAKE = 'call/make';
const ANSWER = 'call/answer';
const MINUTE_MS = 60_000;
/** What nobody was told of for so long is told to nobody any more. */
const STALE_MS = 86_400_000;

type Made = Pick<Call, 'no' | 'kind' | 'text' | 'address' | 'area' | 'from' | 'answerUntil' | 'incident'>;
interface MakeBody extends Made {
  readonly action: string;
  readonly hash: string;
  readonly units: readonly UnitRef[];
  /** Code of the area its incident, or who made it, belongs to. */
  readonly region: string;
}
interface AnswerBody extends Omit<AnswerRequest, 'action'> {
  readonly action: string;
  readonly hash: string;
  readonly call: number;
}

type HeldMember = Omit<CallMember, 'notice' | 'noticeAt'>;
interface Held extends Omit<Call, 'members'> {
  readonly members: readonly HeldMember[];
  readonly region: string;
}

export interface CallBookOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly ground: CallGround;
  readonly rules: OutboundRules['calls'];
  readonly teller: Teller;
}

export class CallBook implements Calls {
  readonly #options: CallBookOptions;
  readonly #calls = new Map<number, Held>();
  readonly #done = new Map<string, { readonly id: number; readonly hash: string }>();
  readonly #turns = new Turns();

  constructor(options: CallBookOptions) {
    this.#options = options;
  }

  /** Folds the log and tells whom an earlier run had no time to tell. */
  async open(): Promise<void> {
    const { log, clock } = this.#options;
    for await (const entry of log.read({ kinds: [MAKE, ANSWER] })) this.#apply(entry);
    const since = clock.now() - STALE_MS;
    for (const call of this.#calls.values()) if (call.at >= since) await this.#tell(call);
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  everyone(): Iterable<Call> {
    return [...this.#calls.values()].map((call) => this.#shown(call));
  }

  list(reaches: Reaches, unit?: string): CallPage {
    const { teller, ground } = this.#options;
    const calls = [...this.#calls.values()]
      .filter((call) => this.#isSeen(call, reaches))
      .filter(({ members }) => unit === undefined || members.some((one) => one.unit.id === unit))
      .reverse()
      .map((call) => this.#shown(call));
    const subjects = new Set(
      calls.flatMap(({ by, members }) => [by, ...members.map((one) => one.answeredBy)]),
    );
    const names = [...subjects].flatMap((subject) => {
      const name = ground.nameOf(subject);
      return name === null ? [] : [[subject, name] as const];
    });
    return { calls, withheld: teller.withheld, names: Object.fromEntries(names) };
  }

  inside(area: readonly LonLat[], reaches: Reaches): readonly UnitFound[] {
    const { units, placeOf, contactsOf, cityCode } = this.#options.ground;
    const isClosed = this.#options.teller.withheld !== null;
    return units.flatMap((unit): UnitFound[] => {
      const at = placeOf(unit.id);
      if (!at || !isInside(at, area) || !reaches(regionOfUnit(unit, cityCode), [unit.id])) return [];
      const contacts = contactsOf(unit.id).map(({ post, phone }) => ({
        ...{ post, phone },
        // A drill, and a demonstration, ring nobody: not even by a link that somebody presses.
        dial: isClosed ? null : `tel:${phone.replaceAll(/[^\d+]/g, '')}`,
      }));
      return [{ ...unit, at, contacts }];
    });
  }

  make(by: CallActor, asked: CallRequest): Promise<Call> {
    return this.#turns.take(['make', asked.action], async () => {
      const hash = hashOf({ make: asked });
      const before = this.#doneBefore(asked.action, hash);
      const id = before ?? (await this.#write(by, asked, hash));
      await this.#tell(this.#calls.get(id) as Held);
      return this.#shown(this.#calls.get(id) as Held);
    });
  }

  answer(by: CallActor, id: number, asked: AnswerRequest): Promise<Call> {
    return this.#turns.take([`call ${id}`, asked.action], async () => {
      const call = this.#calls.get(id);
      if (!call || !this.#isSeen(call, by.reaches)) throw new CodedError('request/not-found', `call ${id}`);
      const hash = hashOf({ id, ...asked });
      if (this.#doneBefore(asked.action, hash) !== null) return this.#shown(call);
      const member = call.members.find(({ unit }) => unit.id === asked.unit);
      if (!member)
        throw new CodedError('request/invalid', `unit: ${asked.unit} was not called by ${call.no}`);
      if (!by.reaches(regionOfUnit(member.unit, this.#options.ground.cityCode), [asked.unit]))
        throw new CodedError('request/forbidden', `unit ${asked.unit}: it answers for itself`);
      if (call.kind === 'roll-call' && asked.answer === 'coming')
        throw new CodedError('request/invalid', 'answer: to a roll-call it is here or cannot');
      const { action, ...said } = asked;
      const body: AnswerBody = { ...said, call: id, action, hash };
      await this.#append(by.id, ANSWER, body);
      return this.#shown(this.#calls.get(id) as Held);
    });
  }

  async #write(by: CallActor, asked: CallRequest, hash: string): Promise<number> {
    const { clock, ground } = this.#options;
    const { kind, text, address, area, action, answerMin } = asked;
    if (kind === 'meeting' && address === '')
      throw new CodedError('request/invalid', 'address: a meeting is joined somewhere, https://… or sip:…');
    const from = unitOfAreas(by.areas, ground.units);
    const incident = asked.incident === null ? undefined : ground.incident(asked.incident);
    if (asked.incident !== null && (!incident || !by.reaches(incident.region)))
      throw new CodedError('request/not-found', `incident ${asked.incident}`);
    const now = clock.now();
    const taken = [...this.#calls.values()].map(({ no }) => no);
    const body: MakeBody = {
      ...{ action, hash, no: dayNumber('T', taken, { now, timeZone: ground.timeZone }), kind, text, address },
      area: area && area.map(([lon, lat]) => [lon, lat] as const),
      ...{ from, answerUntil: now + answerMin * MINUTE_MS, units: this.#unitsOf(by, asked.units) },
      incident: incident ? { id: incident.id, no: incident.no } : null,
      region: incident?.region ?? regionOfUnit(from, ground.cityCode),
    };
    return this.#append(by.id, MAKE, body);
  }

  /** Each once. @throws CodedError request/invalid, …/forbidden */
  #unitsOf({ reaches }: CallActor, ids: readonly string[]): UnitRef[] {
    const { units, cityCode } = this.#options.ground;
    return [...new Set(ids)].map((id) => {
      const unit = units.find((one) => one.id === id);
      if (!unit) throw new CodedError('request/invalid', `units: ${id} is no unit of this city`);
      if (!reaches(regionOfUnit(unit, cityCode), [id]))
        throw new CodedError('request/forbidden', `unit ${id}: it is outside of your area`);
      return unit;
    });
  }

  async #append(subject: string, kind: string, body: object): Promise<number> {
    const entry = await this.#options.log.append({ subject, kind, body: body as LogEntry['body'] });
    return this.#apply(entry);
  }

  #doneBefore(action: string, hash: string): number | null {
    const done = this.#done.get(action);
    if (done && done.hash !== hash)
      throw new CodedError('request/invalid', `action: ${action} was used for something else`);
    return done?.id ?? null;
  }

  /** Each unit once, whenever it is asked. */
  async #tell(call: Held): Promise<void> {
    await this.#options.teller.tell(call.by, this.#notesOf(call));
  }

  #notesOf(call: Held): Note[] {
    const { rules, ground } = this.#options;
    const template = rules?.[call.kind];
    if (template === undefined) return [];
    const { id, no, text, address, at, answerUntil } = call;
    const said = {
      ...{ city: ground.city, no, text, address, from: call.from.name.zh },
      time: shortTime(at, ground.timeZone),
      minutes: String(Math.round((answerUntil - at) / MINUTE_MS)),
    };
    return call.members.map(({ unit }) => ({
      ...{ kind: 'notice', cause: 'call', to: unit, text: filled(template, said) },
      about: {
        id: call.incident?.id ?? 0,
        no: call.incident?.no ?? no,
        title: text.slice(0, 80),
        region: call.region,
      },
      once: onceOf({ id, at }, unit),
    }));
  }

  #shown({ region: _region, ...call }: Held): Call {
    return {
      ...call,
      members: call.members.map((member) => {
        const message = this.#options.teller.toldWith(onceOf(call, member.unit));
        const at = message ? (message.readAt ?? message.deliveredAt ?? message.sentAt) : null;
        return { ...member, notice: message?.state ?? null, noticeAt: at };
      }),
    };
  }

  /** Who made it, whom its incident belongs to, and whom it called. */
  #isSeen({ members, from, region }: Held, reaches: Reaches): boolean {
    const { cityCode } = this.#options.ground;
    const own = members.some(({ unit }) => reaches(regionOfUnit(unit, cityCode), [unit.id]));
    return own || reaches(region, [from.id]);
  }

  /** → id of the call it is about */
  #apply({ seq, kind, subject, knownAt, body: said }: LogEntry): number {
    if (kind === MAKE) {
      const { action, hash, units, ...made } = said as unknown as MakeBody;
      const members = units.map((unit) => ({
        ...{ unit, answer: null, answeredAt: null, answeredBy: '', text: '' },
      }));
      this.#calls.set(seq, { ...made, id: seq, seq, by: subject, at: knownAt, members });
      this.#done.set(action, { id: seq, hash });
      return seq;
    }
    const {
      call: id,
      unit,
      answer,
      text,
      action,
      hash,
      happenedAt = knownAt,
    } = said as unknown as AnswerBody;
    const call = this.#calls.get(id);
    if (call) {
      // Not before it was asked, and not after we knew.
      const answeredAt = Math.min(knownAt, Math.max(call.at, happenedAt));
      const members = call.members.map((member) =>
        member.unit.id === unit ? { ...member, answer, text, answeredAt, answeredBy: subject } : member,
      );
      this.#calls.set(id, { ...call, seq, members });
    }
    this.#done.set(action, { id, hash });
    return id;
  }
}

const onceOf = ({ id, at }: Pick<Call, 'id' | 'at'>, unit: UnitRef): string =>
  `c${id}-${at.toString(36)}-${unit.id}`;

const hashOf = (asked: object): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(asked))))
    .digest('base64');
