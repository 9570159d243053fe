// The duty book of one world: rosters with their versions, hand-overs and who signed them, each an entry of the log.
import type { SettingEffects } from '../../contracts/records/city-setting.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type {
  DutyPerson,
  DutyView,
  HandOver,
  HandOverRequest,
  OpenItem,
  RosterRequest,
  RosterShift,
  RosterTry,
  RosterUndoRequest,
  Shift,
} from '../../contracts/records/duty.ts';
import { postTitles } from '../../contracts/records/duty.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Clock } from '../kit/clock.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import { DutyFold, dutyKinds } from './fold.ts';
import type { Duty, DutyActor, DutyUnit } from './port.ts';
import { rosterEffects, rosterFault } from './roster-checks.ts';
import { dayAfter, shiftsAt, timeOf } from './shift-time.ts';

/** Signed hand-overs that are listed. */
const MOST_LISTED = 30;

export interface DutyOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly cityCode: string;
  readonly shifts: readonly Shift[];
  readonly units: readonly DutyUnit[];
  /** What goes on now, in all areas. */
  readonly openItems: () => readonly OpenItem[];
  readonly nameOf: (subject: string) => string | null;
}

export class DutyBook implements Duty {
  readonly #options: DutyOptions;
  readonly #fold = new DutyFold();
  readonly #regions: ReadonlyMap<string, string>;
  readonly #turns = new Turns();

  constructor(options: DutyOptions) {
    this.#options = options;
    const { units, cityCode } = options;
    this.#regions = new Map(units.map(({ id }) => [id, regionOf(id, cityCode)]));
  }

  async start(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: dutyKinds })) this.#fold.apply(entry);
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  view(by: DutyActor): DutyView {
    const { clock, shifts, timeZone, units } = this.#options;
    const now = clock.now();
    const { shift, next } = shiftsAt(shifts, now, timeZone);
    const own = units.filter(({ id }) => by.reaches(this.#regions.get(id) ?? ''));
    const onDuty = shift
      ? own.flatMap(({ id }) => this.#fold.shift({ unit: id, day: shift.day, shift: shift.id }) ?? [])
      : [];
    const handOvers = this.#handOversOf(by);
    const subjects = handOvers.flatMap((one) => [one.by, one.signed?.by ?? '']);
    const names = subjects.flatMap((id) => {
      const name = this.#options.nameOf(id);
      return name === null ? [] : [[id, name] as const];
    });
    return { now, shift, next, shifts, units: own, onDuty, handOvers, names: Object.fromEntries(names) };
  }

  /** Who is on duty in a unit now by the roster, the leader first; empty: nobody is named. */
  onDuty(unit: string): readonly DutyPerson[] {
    const { clock, shifts, timeZone } = this.#options;
    const { shift } = shiftsAt(shifts, clock.now(), timeZone);
    const people = shift ? (this.#fold.shift({ unit, day: shift.day, shift: shift.id })?.people ?? []) : [];
    const order = Object.keys(postTitles);
    return people.toSorted((a, b) => order.indexOf(a.post) - order.indexOf(b.post));
  }

  rosters(
    by: DutyActor,
    { from, to }: { readonly from: string; readonly to: string },
  ): readonly RosterShift[] {
    return this.#fold.rosters(from, to).filter(({ unit }) => by.reaches(this.#regions.get(unit) ?? ''));
  }

  tryRoster(by: DutyActor, asked: RosterTry): SettingEffects {
    return rosterEffects(this.#fold.shift(asked)?.people ?? [], this.#checked(by, asked));
  }

  setRoster(by: DutyActor, { seen, ...asked }: RosterRequest): Promise<RosterShift> {
    return this.#inTurn(async () => {
      this.#checked(by, asked);
      this.#requireSeen(asked, seen);
      await this.#write(by, 'duty/roster', asked);
      return this.#fold.shift(asked) as RosterShift;
    });
  }

  undoRoster(by: DutyActor, { seen, ...asked }: RosterUndoRequest): Promise<RosterShift | null> {
    return this.#inTurn(async () => {
      this.#requireUnit(by, asked.unit);
      this.#requireSeen(asked, seen);
      await this.#write(by, 'duty/roster-undo', asked);
      return this.#fold.shift(asked);
    });
  }

  open(by: DutyActor, unit: string): readonly OpenItem[] {
    const region = this.#requireUnit(by, unit);
    const whole = region === this.#options.cityCode;
    return this.#options.openItems().filter((item) => whole || item.region.startsWith(region));
  }

  handOver(by: DutyActor, { unit, text }: HandOverRequest): Promise<HandOver> {
    return this.#inTurn(async () => {
      const items = this.open(by, unit);
      const { shifts, clock, timeZone } = this.#options;
      const { shift } = shiftsAt(shifts, clock.now(), timeZone);
      if (!shift)
        throw new CodedError('request/conflict', 'no shift runs now: see shifts of the city package');
      const waiting = [...this.#fold.handOvers.values()].find((one) => one.unit === unit && !one.signed);
      if (waiting) throw new CodedError('request/conflict', `hand-over ${waiting.id} is not signed yet`);
      const { seq } = await this.#write(by, 'duty/hand-over', { unit, shift, text, items });
      return this.#require(seq);
    });
  }

  takeOver(by: DutyActor, { id, text }: { readonly id: number; readonly text: string }): Promise<HandOver> {
    return this.#inTurn(async () => {
      const found = this.#require(id);
      this.#requireUnit(by, found.unit);
      if (found.signed)
        throw new CodedError('request/conflict', `hand-over ${id} is signed by ${found.signed.by}`);
      if (found.by === by.id)
        throw new CodedError('request/forbidden', `hand-over ${id}: who hands over does not take over`);
      await this.#write(by, 'duty/take-over', { handOver: id, text });
      return this.#require(id);
    });
  }

  #handOversOf(by: DutyActor): HandOver[] {
    const own = [...this.#fold.handOvers.values()]
      .filter(({ unit }) => by.reaches(this.#regions.get(unit) ?? ''))
      .reverse();
    const signed = own.filter((one) => one.signed);
    return [...own.filter((one) => !one.signed), ...signed.slice(0, MOST_LISTED)];
  }

  #require(id: number): HandOver {
    const found = this.#fold.handOvers.get(id);
    if (!found) throw new CodedError('request/not-found', `hand-over ${id}`);
    return found;
  }

  /** Code of the area a unit has. */
  #requireUnit({ reaches }: DutyActor, unit: string): string {
    const region = this.#regions.get(unit);
    if (region === undefined)
      throw new CodedError('request/invalid', `unit: ${unit} is no unit of this city`);
    if (!reaches(region)) throw new CodedError('request/forbidden', `unit ${unit}`);
    return region;
  }

  /** @throws CodedError request/forbidden, request/invalid naming who cannot stand in it and why */
  #checked(by: DutyActor, asked: RosterTry): Parameters<typeof rosterFault>[0] {
    this.#requireUnit(by, asked.unit);
    const { timeZone, nameOf } = this.#options;
    const around = [-1, 0, 1].map((days) => dayAfter(asked.day, days));
    const others = this.#fold
      .rosters(around[0] ?? asked.day, around[2] ?? asked.day)
      .filter(({ unit, day, shift }) => unit !== asked.unit || day !== asked.day || shift !== asked.shift)
      .flatMap((of) => {
        // A shift the city has no more clashes with none.
        const shift = this.#options.shifts.find(({ id }) => id === of.shift);
        const unit = this.#options.units.find(({ id }) => id === of.unit)?.name;
        return shift && unit ? [{ of, unit, time: timeOf(shift, of.day, timeZone) }] : [];
      });
    const time = timeOf(this.#requireShift(asked.shift), asked.day, timeZone);
    const checked = { time, people: asked.people, others };
    const fault = rosterFault(checked, (id) => nameOf(id) !== null);
    if (fault) throw new CodedError('request/invalid', fault);
    return checked;
  }

  #requireShift(shift: string): Shift {
    const { shifts } = this.#options;
    const found = shifts.find(({ id }) => id === shift);
    if (!found)
      throw new CodedError(
        'request/invalid',
        `shift: ${shift} is none of ${shifts.map(({ id }) => id).join(', ')}`,
      );
    return found;
  }

  #requireSeen(of: Pick<RosterShift, 'unit' | 'day' | 'shift'>, seen: number): void {
    const now = this.#fold.shift(of)?.version ?? 0;
    if (now !== seen)
      throw new CodedError('request/conflict', `seen: ${seen}, but the roster is at version ${now}`);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#turns.take(['duty'], act);
  }

  async #write({ id }: DutyActor, kind: (typeof dutyKinds)[number], body: object): Promise<LogEntry> {
    const entry = await this.#options.log.append({ subject: id, kind, body: body as LogEntry['body'] });
    this.#fold.apply(entry);
    return entry;
  }
}

/** Departments are the city's. */
function regionOf(unit: string, cityCode: string): string {
  const [kind, code = cityCode] = unit.split(':');
  return kind === 'county' || kind === 'town' ? code : cityCode;
}
