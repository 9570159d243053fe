// Situation reports of one world: counted out of the logs when they are issued, written with everything they say, and told to
// the document system, whose tasks their decisions are; each once.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import { entriesOfReview } from '../../contracts/records/after-action.ts';
import type { BriefKind } from '../../contracts/records/incident.ts';
import { isOpen } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type {
  IssueSituationRequest,
  Situation,
  SituationDraft,
  SituationKind,
  SituationPage,
} from '../../contracts/records/situation.ts';
import type { Incidents } from '../command/port.ts';
import type { Freezer } from '../evidence/port.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import { dayNumber } from '../kit/day-number.ts';
import { filled, shortTime } from '../kit/filled-words.ts';
import type { Logger } from '../kit/log.ts';
import { Turns } from '../kit/turns.ts';
import type { Note, OutboundRules, Teller } from '../outbound/port.ts';
import type { RecordLog } from '../store/port.ts';
import { afterAction } from './after-action.ts';
import { citedBy, sectionsOf } from './figures.ts';
import type { SituationActor, SituationGround, SituationMatter, Situations } from './port.ts';

const ISSUE = 'situation/issue';
/** What nobody was told of for so long is told to nobody any more. */
const STALE_MS = 86_400_000;

type Body = Omit<Situation, 'id' | 'by' | 'at'> & {
  readonly action: string;
  /** Hash of what was asked. */
  readonly asked: string;
  readonly region: string;
};
type Held = Situation & Pick<Body, 'region'>;

export interface SituationBookOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ground: SituationGround;
  readonly freezer: Freezer;
  readonly teller: Teller;
  readonly incidents: Pick<Incidents, 'act'>;
  /** Where decisions go; absent: to nobody. */
  readonly decisions: OutboundRules['decisions'];
  /** Puts it on every screen. */
  readonly show?: (report: Situation, region: string) => void;
  /** Of that system, for people. */
  readonly systemName: { readonly zh: string; readonly en: string };
}

export class SituationBook implements Situations {
  readonly #options: SituationBookOptions;
  /** Oldest first. */
  readonly #reports = new Map<number, Held>();
  readonly #done = new Map<string, { readonly id: number; readonly asked: string }>();
  readonly #turns = new Turns();

  constructor(options: SituationBookOptions) {
    this.#options = options;
  }

  /** Folds the log and does what an earlier run had no time to do; call when incidents and outbox are open. */
  async open(): Promise<void> {
    const { log, clock, logger } = this.#options;
    for await (const entry of log.read({ kinds: [ISSUE] })) this.#apply(entry);
    const since = clock.now() - STALE_MS;
    for (const report of this.#reports.values()) this.#options.show?.(withoutRegion(report), report.region);
    for (const report of this.#reports.values())
      if (report.at >= since)
        await this.#settle(report).catch((error: unknown) =>
          logger.error('situation.not-settled', { report: report.id, error: String(error) }),
        );
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  page(incident: number, reaches: Reaches): SituationPage {
    const matter = this.#require(incident, reaches);
    const reports = this.#ofIncident(incident).map(withoutRegion).reverse();
    const subjects = new Set(reports.flatMap(({ by, cited }) => [by, ...cited.map((one) => one.by)]));
    const names = [...subjects].flatMap((subject) => {
      const name = this.#options.ground.nameOf(subject);
      return name === null ? [] : [[subject, name] as const];
    });
    return { reports, kinds: this.#kindsFor(matter), names: Object.fromEntries(names) };
  }

  draft(incident: number, kind: SituationKind, reaches: Reaches): SituationDraft {
    return this.#draftOf(this.#require(incident, reaches), kind);
  }

  find(id: number, reaches: Reaches): Situation {
    const found = this.#reports.get(id);
    if (!found || !reaches(found.region)) throw new CodedError('request/not-found', `situation report ${id}`);
    return withoutRegion(found);
  }

  issue(by: SituationActor, asked: IssueSituationRequest): Promise<Situation> {
    return this.#turns.take([`incident ${asked.incident}`, asked.action], async () => {
      const { view: _view, ...meant } = asked;
      const hash = createHash('sha256').update(canonicalJson(meant)).digest('base64');
      const before = this.#done.get(asked.action);
      if (before && before.asked !== hash)
        throw new CodedError('request/invalid', `action: ${asked.action} was used for something else`);
      const id = before?.id ?? (await this.#write(by, asked, hash));
      const report = this.#reports.get(id) as Held;
      await this.#settle(report);
      return withoutRegion(report);
    });
  }

  async #write(by: SituationActor, asked: IssueSituationRequest, hash: string): Promise<number> {
    const { log, clock, freezer, ground } = this.#options;
    const first = this.#require(asked.incident, by.reaches);
    if (!this.#kindsFor(first).includes(asked.kind))
      throw new CodedError(
        'request/conflict',
        `kind: no ${asked.kind} now, only ${this.#kindsFor(first).join(', ')}`,
      );
    const decisions = asked.decisions.map(({ text, unit: of, dueAt }) => {
      const unit = ground.units.find(({ id }) => id === of);
      if (!unit) throw new CodedError('request/invalid', `decisions: ${of} is no unit of this city`);
      return { text, unit, dueAt };
    });
    const pack = await freezer.freeze(by, {
      ...{ action: `${asked.action}-e`, cause: 'situation', title: first.incident.title.slice(0, 200) },
      ...{ incident: asked.incident, rows: asked.rows, view: asked.view },
    });
    // Counted after the pack is frozen and without waiting: what came meanwhile is in both or in neither log line.
    const matter = this.#require(asked.incident, by.reaches);
    const taken = [...this.#reports.values()].map(({ no }) => no);
    const body: Body = {
      ...this.#draftOf(matter, asked.kind),
      no: dayNumber('B', taken, { now: clock.now(), timeZone: ground.timeZone }),
      issue: this.#ofIncident(asked.incident).length + 1,
      ...{ text: asked.text, next: asked.next, decisions, action: asked.action, asked: hash },
      ...{ region: matter.incident.region, evidence: { id: pack.id, hash: pack.hash } },
    };
    const entry = await log.append({
      subject: by.id,
      kind: ISSUE,
      body: body as unknown as LogEntry['body'],
    });
    this.#apply(entry);
    const report = this.#reports.get(entry.seq) as Held;
    this.#options.show?.(withoutRegion(report), report.region);
    return entry.seq;
  }

  #draftOf(matter: SituationMatter, kind: SituationKind): SituationDraft {
    const { id, no, title, seq } = matter.incident;
    const last = this.#ofIncident(id).at(-1);
    const before = last?.sections.flatMap(({ figures }) =>
      figures.map((one) => [one.id, one.value] as const),
    );
    const sections = sectionsOf(matter, new Map(before));
    const review = kind === 'summary' ? afterAction(matter) : null;
    const named = review ? entriesOfReview(review) : [];
    return {
      ...{ kind, incident: { id, no, title, seq }, sections, cited: citedBy(sections, matter, named) },
      ...(review ? { review } : {}),
      previous: last ? { id: last.id, no: last.no, at: last.at } : null,
    };
  }

  /** First a special report, then follow-ups; the summary when the incident is over, once. */
  #kindsFor({ incident }: SituationMatter): readonly SituationKind[] {
    const before = this.#ofIncident(incident.id);
    if (before.some(({ kind }) => kind === 'summary')) return [];
    if (!isOpen(incident)) return ['summary'];
    return before.length === 0 ? ['special'] : ['follow'];
  }

  #ofIncident(incident: number): Held[] {
    return [...this.#reports.values()].filter((one) => one.incident.id === incident);
  }

  /** @throws CodedError request/not-found */
  #require(incident: number, reaches: Reaches): SituationMatter {
    const matter = this.#options.ground.matter(incident);
    if (!matter || !reaches(matter.incident.region))
      throw new CodedError('request/not-found', `incident ${incident}`);
    return matter;
  }

  /** All of it each time: each is done once. */
  async #settle(report: Held): Promise<void> {
    const { teller, incidents } = this.#options;
    await teller.tell(report.by, this.#notesOf(report));
    const brief = BRIEFS[report.kind];
    // That it was reported upward is a line of the incident, which says when the next is due.
    await incidents.act({ id: report.by, reaches: () => true }, report.incident.id, {
      verb: 'brief',
      asked: {
        ...{ action: `situation-${report.id}-${report.at.toString(36)}`, seen: report.incident.seq },
        ...{ brief, text: `${report.no} ${report.text}`.slice(0, 500) },
      },
    });
  }

  #notesOf(report: Held): Note[] {
    const { decisions: rules, systemName, ground } = this.#options;
    if (!rules) return [];
    return report.decisions.map(({ text, unit, dueAt }, at) => ({
      ...{ kind: 'push', cause: 'decision', to: { id: rules.to, name: systemName } },
      text: filled(rules.text, {
        ...{ no: report.no, title: report.incident.title, text, unit: unit.name.zh },
        due: dueAt === null ? '尽快' : shortTime(dueAt, ground.timeZone),
      }),
      about: {
        ...{ id: report.incident.id, no: report.incident.no, title: report.incident.title },
        region: report.region,
      },
      once: `d${report.id}-${report.at.toString(36)}-${at}`,
    }));
  }

  #apply({ seq, subject, knownAt, body: said }: LogEntry): void {
    const { action, asked, ...report } = said as unknown as Body;
    this.#reports.set(seq, { ...report, id: seq, by: subject, at: knownAt });
    this.#done.set(action, { id: seq, asked });
  }
}

const BRIEFS: Readonly<Record<SituationKind, BriefKind>> = {
  special: 'first',
  follow: 'update',
  summary: 'final',
};

const withoutRegion = ({ region: _region, ...report }: Held): Situation => report;
