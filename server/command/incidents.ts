// The incidents of one world (docs/incidents.md): every action is checked against what its client had seen, written to the log,
// then done; each once, however often it is sent.
import type { Label } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { isReached } from '../../contracts/records/incident-units.ts';
import type { IncidentBoard } from '../../contracts/records/incident-board.ts';
import type { Incident, IncidentSummary, UnitRef, Verb } from '../../contracts/records/incident.ts';
import { isOpen, isOverdue } from '../../contracts/records/incident.ts';
import { isTaskOverdue } from '../../contracts/records/task.ts';
import type {
  ActionRequest,
  FromRowRequest,
  IncidentView,
  ReportRequest,
} from '../../contracts/records/incident-actions.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import { defined, hashOf, requireAct, requireReach } from './asked.ts';
import { conflictOf, linesSince, requireSense } from './checks.ts';
import { Findings, type Said } from './findings.ts';
import { applyEntry, entryKinds, type EntryBody, type Found } from './fold.ts';
import { gradeBy } from './grading.ts';
import { boardOf } from './board.ts';
import { isShown, pageOf, similarTo } from './listing.ts';
import type { Actor, IncidentFilter, IncidentPage, Incidents, IncidentTargets, Outcome } from './port.ts';
import type { CommandCity } from './responsibilities.ts';
import { allowedIn } from './stages.ts';
import { placesOf } from './evacuation.ts';
import { TaskBook } from './task-book.ts';
import { openTasks } from './task-life.ts';
import type { WorkingCalendar } from './working-time.ts';

/** Clocks of phones run ahead by so much without being called wrong. */
const AHEAD_MS = 120_000;
const DAY_MS = 86_400_000;
/** What happened longer ago belongs into the text, not into the clock. */
const LONGEST_AGO_MS = 30 * DAY_MS;
/** Stands for an incident that begins: numbers of a day follow each other, and of one signal one is made. */
const NEW = 0;
/** Overdue is seen this much later at most. */
const SWEEP_MS = 1000;

export interface IncidentsOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly city: CommandCity & { readonly calendar: WorkingCalendar };
  readonly targets: IncidentTargets;
  /** Told of everything that was done, once it is in the log: the last line of the incident. */
  readonly onDone?: (incident: Incident) => void;
}

interface DoneAction {
  readonly id: number;
  /** Of its entry. */
  readonly seq: number;
  /** Of what was said. */
  readonly hash: string;
}

interface Writing {
  readonly by: string;
  readonly kind: string;
  readonly body: EntryBody;
}

export class IncidentBook implements Incidents {
  readonly #options: IncidentsOptions;
  readonly #findings: Findings;
  readonly #incidents = new Map<number, Incident>();
  readonly #done = new Map<string, DoneAction>();
  readonly #overdue = new Set<number>();
  /** Incidents that name a file, by its hash. */
  readonly #named = new Map<string, Set<number>>();
  readonly tasks: TaskBook;
  #timer: Timer | null = null;
  /** Each action is judged by what those before have done to what it is about. */
  readonly #turns = new Turns();

  constructor(options: IncidentsOptions) {
    this.#options = options;
    this.#findings = new Findings(options.city, options.targets);
    this.tasks = new TaskBook({
      incidents: this.#incidents,
      targets: options.targets,
      now: () => options.clock.now(),
      require: (id) => this.#require(id),
      unit: (id) => this.#findings.units.unit(id),
      place: placesOf(options.city),
      filesOf: (said) => this.#findings.filesOf(said),
      happened: (said) => this.#happened(said),
      inTurn: (incident, action, act) => this.#inTurn([incident], action, act),
      again: (action, verb, said) => this.#doneBefore(action, verb, said)?.seq ?? null,
      write: async (by, kind, body) => (await this.#write({ by, kind, body })).seq,
    });
  }

  /** Folds the log and puts what is open on the screens; call when rows are back. */
  async open(): Promise<void> {
    const { log, clock, targets } = this.#options;
    for await (const entry of log.read({ kinds: entryKinds })) this.#apply(entry);
    const shown = [...this.#incidents.values()].filter(isShown);
    const tasks = shown.flatMap(openTasks);
    targets.showOnly(new Set(shown.map(({ id }) => id)), new Set(tasks.map(({ id }) => id)));
    for (const incident of shown) this.#show(incident);
    this.#timer = clock.every(SWEEP_MS, () => this.#sweep());
  }

  async close(): Promise<void> {
    this.#timer?.stop();
    await this.#turns.settled();
  }

  get units(): readonly UnitRef[] {
    return this.#findings.units.all;
  }

  get signals(): readonly string[] {
    return this.#findings.units.signals;
  }

  list(filter: IncidentFilter, reaches: Actor['reaches']): IncidentPage {
    return pageOf(this.#within(reaches), filter, this.#options.clock.now());
  }

  view(id: number, labels: readonly Label[]): IncidentView {
    const incident = this.#require(id);
    const { grade, reason } = gradeBy(incident.kind, incident.facts);
    const responsible = this.#findings.units.responsibleFor({ ...incident, grade: incident.grade ?? grade });
    const { labelOf } = this.#options.targets;
    const evidence = incident.evidence.map((one) => ({
      ...one,
      values: Object.fromEntries(
        Object.entries(one.values).filter(([column]) => labels.includes(labelOf(one.layer, column))),
      ),
    }));
    return {
      incident: { ...incident, evidence },
      next: allowedIn(incident),
      suggested: { grade, reason, ...responsible },
    };
  }

  similar(id: number, reaches: Actor['reaches']): readonly IncidentSummary[] {
    return similarTo(this.#require(id), this.#within(reaches));
  }

  board(days: number, reaches: Actor['reaches']): IncidentBoard {
    const { clock, city } = this.#options;
    const now = clock.now();
    const { organisation } = city;
    const counties = organisation.counties.map(({ code, name }) => ({ id: code, name }));
    const whole = { id: organisation.city.code, name: organisation.city.name };
    return boardOf(this.#within(reaches), {
      ...{ now, from: now - days * DAY_MS },
      counties: counties.filter(({ id }) => reaches(id)),
      countyOf: (region) => counties.find(({ id }) => region.startsWith(id)) ?? whole,
    });
  }

  regionOf(id: number): string | undefined {
    return this.#incidents.get(id)?.region;
  }

  find(id: number): Incident | undefined {
    return this.#incidents.get(id);
  }

  everyone(): Iterable<Incident> {
    return this.#incidents.values();
  }

  isFileWithin(hash: string, reaches: Actor['reaches']): boolean {
    return [...(this.#named.get(hash) ?? [])].some((id) => {
      const incident = this.#require(id);
      const isOf = ({ report }: (typeof incident.tasks)[number]): boolean =>
        report?.files.some((file) => file.hash === hash) ?? false;
      return (
        isReached(incident, reaches) || incident.tasks.some((task) => isOf(task) && reaches(task.region))
      );
    });
  }

  report(by: Actor, asked: ReportRequest): Promise<Outcome> {
    return this.#inTurn([NEW], asked.action, () => {
      const { action, happenedAt, ...said } = asked;
      const region = this.#options.targets.regionAt(said.position);
      requireReach(by, region);
      const urgent = said.urgent ?? (said.kind !== 'service' && said.kind !== 'utility');
      const files = this.#findings.filesOf(said);
      return this.#begin(by.id, { action, happenedAt, said: { ...said, urgent }, found: { region, files } });
    });
  }

  fromRow(by: Actor, asked: FromRowRequest): Promise<Outcome> {
    return this.#inTurn([NEW], asked.action, async () => {
      const { action, layer, key } = asked;
      const said = defined({ layer, key, kind: asked.kind, title: asked.title });
      const before = this.#again(action, 'report', said);
      if (before) return before;
      const { evidence, position, region } = this.#options.targets.copyRow(layer, key);
      requireReach(by, region);
      const { kind, urgent, rule } = this.#findings.units.kindOfSignal(layer, evidence.values);
      const same = [...this.#incidents.values()].find(
        (one) => isOpen(one) && one.evidence[0]?.layer === layer && one.evidence[0].key === key,
      );
      if (same) {
        const why = `${same.no} 已由此信号生成 (${same.no} was made of this already)`;
        return { outcome: 'conflict', id: same.id, why, since: [] };
      }
      const value = (column: string | undefined): string =>
        String((column === undefined ? null : evidence.values[column]) ?? '');
      const at = rule.at === undefined ? NaN : Number(evidence.values[rule.at] ?? NaN);
      const row = {
        kind: asked.kind ?? kind,
        channel: 'row',
        title: (asked.title ?? (value(rule.title) || evidence.name)).slice(0, 120),
        text: value(rule.text).slice(0, 2000),
        place: value(rule.place).slice(0, 160),
        position,
        urgent,
        facts: {},
      };
      // A source may speak of a moment long ago, or ahead: then what counts is that we know it now.
      const happenedAt = this.#isPossible(at) ? at : undefined;
      return this.#begin(by.id, { action, happenedAt, said: row, found: { region, evidence }, asked: said });
    });
  }

  act<V extends Verb>(
    by: Actor,
    id: number,
    { verb, asked }: { readonly verb: V; readonly asked: ActionRequest<V> },
  ): Promise<Outcome> {
    const { action, happenedAt, seen, ...rest } = asked as ActionRequest & Said;
    const said = defined(rest);
    const touched = [said['into'], said['part']].filter((other) => other !== undefined).map(Number);
    const begins = verb === 'split' && said['part'] === undefined ? [NEW] : [];
    return this.#inTurn([id, ...touched, ...begins], action, async () => {
      const incident = this.#require(id);
      const before = this.#again(action, verb, { incident: id, ...said });
      if (before) return before;
      const why = conflictOf(incident, seen, { verb, said });
      if (why !== null) return { outcome: 'conflict', id, why, since: linesSince(incident, seen) };
      const find = (other: number): Incident | undefined => this.#incidents.get(other);
      requireSense(incident, { verb, said }, find);
      const others = touched.flatMap((other) => find(other) ?? []);
      for (const one of [incident, ...others]) requireAct(by, one, verb);
      if (verb === 'cite')
        requireReach(by, this.#options.targets.copyRow(String(said['layer']), String(said['key'])).region);
      const found = this.#findings.foundFor(incident, { verb, said }, () => this.#nextNumber());
      const draft: EntryBody = { incident: id, action, happenedAt: this.#happened(happenedAt), said, found };
      const now = this.#options.clock.now();
      const times = this.#findings.timesOf(incident, others, { by: by.id, verb, body: draft, now });
      const body = { ...draft, found: { ...found, ...times } };
      await this.#write({ by: by.id, kind: `incident/${verb}`, body });
      return { outcome: 'done', id };
    });
  }

  #within(reaches: Actor['reaches']): readonly Incident[] {
    return [...this.#incidents.values()].filter((incident) => isReached(incident, reaches));
  }

  #inTurn<T>(about: readonly number[], action: string, act: () => Promise<T>): Promise<T> {
    return this.#turns.take([...about.map(String), action], act);
  }

  #require(id: number): Incident {
    const found = this.#incidents.get(id);
    if (!found) throw new CodedError('request/not-found', `incident ${id}`);
    return found;
  }

  /** null: this action was not done yet. @throws CodedError request/invalid where its id was used for something else */
  #doneBefore(action: string, verb: string, said: Said): DoneAction | null {
    const done = this.#done.get(action);
    if (!done) return null;
    if (done.hash !== hashOf(verb, said))
      throw new CodedError('request/invalid', `action: ${action} was used for something else: make a new id`);
    return done;
  }

  #again(action: string, verb: string, said: Said): Outcome | null {
    const done = this.#doneBefore(action, verb, said);
    return done && { outcome: 'again', id: done.id };
  }

  async #begin(
    by: string,
    {
      action,
      happenedAt,
      said,
      found,
      asked = said,
    }: {
      readonly action: string;
      readonly happenedAt: number | undefined;
      readonly said: Said;
      readonly found: Found;
      /** What the client said, where more was found. */
      readonly asked?: Said;
    },
  ): Promise<Outcome> {
    const before = this.#again(action, 'report', asked);
    if (before) return before;
    const now = this.#options.clock.now();
    const { units } = this.#findings;
    const due = this.#findings.acceptBy(said['urgent'] === true, now);
    const body: EntryBody = {
      action,
      happenedAt: this.#happened(happenedAt),
      said,
      found: { ...found, no: this.#nextNumber(), desk: units.unit('city'), dueAt: due },
      ...(asked === said ? {} : { asked }),
    };
    const { id } = await this.#write({ by, kind: 'incident/report', body });
    return { outcome: 'done', id };
  }

  /** @throws CodedError request/invalid */
  #happened(said: number | undefined): number {
    const now = this.#options.clock.now();
    if (said === undefined) return now;
    if (!this.#isPossible(said))
      throw new CodedError(
        'request/invalid',
        `happenedAt: ${said} is ahead of now, or more than 30 days ago`,
      );
    return Math.min(said, now);
  }

  #isPossible(at: number): boolean {
    const now = this.#options.clock.now();
    return at <= now + AHEAD_MS && at >= now - LONGEST_AGO_MS;
  }

  /** Local day, and how many there were on it. */
  #nextNumber(): string {
    const day = this.#findings.time.dayOf(this.#options.clock.now()).replaceAll('-', '');
    const before = [...this.#incidents.values()].filter(({ no }) => no.startsWith(`${day}-`)).length;
    return `${day}-${String(before + 1).padStart(3, '0')}`;
  }

  async #write({ by, kind, body }: Writing): Promise<{ readonly id: number; readonly seq: number }> {
    const entry = await this.#options.log.append({
      subject: by,
      kind,
      body: body as unknown as LogEntry['body'],
    });
    const changed = this.#apply(entry);
    for (const id of changed) this.#show(this.#require(id));
    const [about] = changed;
    if (about !== undefined) this.#options.onDone?.(this.#require(about));
    return { id: about ?? entry.seq, seq: entry.seq };
  }

  #apply(entry: LogEntry): readonly number[] {
    const changed = applyEntry(this.#incidents, entry);
    const { incident, action, said, asked, found } = entry.body as unknown as EntryBody & {
      readonly asked?: Said;
    };
    const meant = incident === undefined ? (asked ?? said) : { incident, ...said };
    const verb = entry.kind.slice('incident/'.length);
    const id = incident ?? entry.seq;
    this.#done.set(action, { id, seq: entry.seq, hash: hashOf(verb, meant) });
    for (const { hash } of found.files ?? []) {
      const named = this.#named.get(hash) ?? new Set();
      this.#named.set(hash, named.add(id));
    }
    return changed;
  }

  /** Ids of incidents and of tasks are sequences of one log: no two are alike. */
  #show(incident: Incident): void {
    const now = this.#options.clock.now();
    const { targets } = this.#options;
    const late = (id: number, isLate: boolean): boolean => {
      if (isLate) this.#overdue.add(id);
      else this.#overdue.delete(id);
      return isLate;
    };
    targets.show(incident, late(incident.id, isShown(incident) && isOverdue(incident, now)));
    for (const task of incident.tasks)
      targets.showTask(incident, task, late(task.id, isTaskOverdue(task, now)));
  }

  #sweep(): void {
    const now = this.#options.clock.now();
    for (const incident of this.#incidents.values()) {
      const isNew = (id: number): boolean => !this.#overdue.has(id);
      const isLate = isShown(incident) && isOverdue(incident, now) && isNew(incident.id);
      if (isLate || incident.tasks.some((task) => isTaskOverdue(task, now) && isNew(task.id)))
        this.#show(incident);
    }
  }
}
