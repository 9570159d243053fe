// Exports that need a second person: asked for with a reason, decided on by somebody else, fetched once. On record first,
// and in the audit log with the reason.
import type { Label } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type {
  ExportLimit,
  ExportMeasure,
  ExportRequest,
  ExportState,
  ExportSubject,
} from '../../contracts/records/export-request.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Clock } from '../kit/clock.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import type { AuditTrail } from './audit-trail.ts';
import { requireOther } from './duties.ts';
import type { ExportKind, HeldExport } from './export-fold.ts';
import { applyExport, exportKinds } from './export-fold.ts';
import type { ExportRules } from './export-rules.ts';
import { labelAlone, limitsOf } from './export-rules.ts';
import type { GlassHand } from './glass-book.ts';

const HOUR_MS = 3_600_000;
/** Of one account at once, waiting. */
const MOST_WAITING = 20;
/** Older ones are in the log only. */
const MOST_LISTED = 500;

export interface ExportOptions {
  readonly log: RecordLog;
  readonly audit: Pick<AuditTrail, 'note'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly rules: ExportRules;
  readonly nameOf: (id: string) => string;
}

export interface NewExport {
  readonly world: string;
  readonly asked: ExportSubject;
  readonly measure: ExportMeasure;
  readonly limits: readonly ExportLimit[];
  readonly reason: string;
}

/** What routes of exports ask it. */
export type ExportDesk = Pick<
  ExportBook,
  'labelAlone' | 'limitsOf' | 'list' | 'ask' | 'decide' | 'requireFetchable' | 'fetch'
>;

export class ExportBook {
  readonly #options: ExportOptions;
  readonly #all = new Map<number, HeldExport>();
  readonly #turns = new Turns();

  constructor(options: ExportOptions) {
    this.#options = options;
  }

  /** The highest class of columns of a file of these layers that needs no second person. `own`: of whoever asks. */
  labelAlone(layers: readonly string[], own: Label): Label {
    return labelAlone(this.#options.rules, layers, own);
  }

  /** Why it needs a second person; empty: it does not. */
  limitsOf(layers: readonly string[], measure: ExportMeasure): ExportLimit[] {
    return limitsOf(this.#options.rules, layers, measure);
  }

  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: exportKinds })) this.#apply(entry);
  }

  /** Newest first. `by`: of one account; absent: all. */
  list(by?: string): ExportRequest[] {
    const all = [...this.#all.values()].reverse();
    return all.filter((one) => by === undefined || one.by === by).map((one) => this.#view(one));
  }

  /** @throws CodedError request/conflict where it needs nobody, request/too-many */
  ask(by: GlassHand, asked: NewExport): Promise<ExportRequest> {
    return this.#inTurn(async () => {
      if (asked.limits.length === 0)
        throw new CodedError(
          'request/conflict',
          'this export needs no approval: fetch it at its own address',
        );
      const waiting = this.list(by.id).filter(({ state }) => state === 'asked').length;
      if (waiting >= MOST_WAITING)
        throw new CodedError('request/too-many', `${waiting} exports of ${by.id} wait for a decision`);
      return this.#say(by, 'export/ask', { ...asked });
    });
  }

  /** @throws CodedError request/not-found, request/conflict where it does not wait, access/duties for who asked */
  decide(
    by: GlassHand,
    id: number,
    { isApproved, reason }: { readonly isApproved: boolean; readonly reason: string },
  ): Promise<ExportRequest> {
    return this.#inTurn(async () => {
      const one = this.#named(id);
      requireOther(by.id, one.by, 'the approval of an export');
      const state = this.#stateOf(one);
      if (state !== 'asked') throw new CodedError('request/conflict', `export ${id} is ${state}`);
      return this.#say(by, isApproved ? 'export/approve' : 'export/decline', { id, reason });
    });
  }

  /** Of whoever asked for it, approved and not fetched. @throws CodedError request/not-found, request/conflict */
  requireFetchable(by: string, id: number): ExportRequest {
    const one = this.#all.get(id);
    // Nobody learns what others asked for.
    if (one?.by !== by) throw new CodedError('request/not-found', `export ${id} of ${by}`);
    const state = this.#stateOf(one);
    if (state !== 'approved') throw new CodedError('request/conflict', `export ${id} is ${state}`);
    return this.#view(one);
  }

  /** It leaves now, and never again. @throws as requireFetchable */
  fetch(by: GlassHand, id: number): Promise<ExportRequest> {
    return this.#inTurn(async () => {
      this.requireFetchable(by.id, id);
      return this.#say(by, 'export/fetch', { id });
    });
  }

  #stateOf({ at, decided, fetchedAt }: HeldExport): ExportState {
    const { clock, rules } = this.#options;
    if (fetchedAt !== null) return 'fetched';
    if (decided && !decided.isApproved) return 'declined';
    const until = decided ? decided.at + rules.fetchHours * HOUR_MS : at + rules.askHours * HOUR_MS;
    if (clock.now() > until) return 'expired';
    return decided ? 'approved' : 'asked';
  }

  #named(id: number): HeldExport {
    const one = this.#all.get(id);
    if (!one) throw new CodedError('request/not-found', `export ${id}`);
    return one;
  }

  async #say(
    by: GlassHand,
    kind: ExportKind,
    body: Readonly<Record<string, unknown>>,
  ): Promise<ExportRequest> {
    const entry = await this.#options.log.append({ subject: by.id, kind, body: body as LogEntry['body'] });
    this.#apply(entry);
    const one = this.#named(Number(body['id'] ?? entry.seq));
    const { asked, measure, limits } = one;
    const what = asked.kind === 'layer' ? `layer ${asked.layer} ${asked.format}` : 'recording';
    this.#options.audit.note({
      ...{ kind, subject: by.id, roles: by.roles, from: by.from, event: 'export', result: 'ok' },
      world: one.world,
      object: `export ${one.id} of ${one.by}: ${what}`.slice(0, 200),
      detail: [
        String(body['reason'] ?? ''),
        `${measure.rows ?? '?'} rows, ${measure.hours.toFixed(1)} h, ${measure.label}, ${limits.join(' ')}`,
      ]
        .filter((part) => part !== '')
        .join(' · '),
    });
    return this.#view(one);
  }

  #apply(entry: LogEntry): void {
    applyExport(this.#all, entry);
    for (const [id, one] of this.#all) {
      if (this.#all.size <= MOST_LISTED) break;
      const state = this.#stateOf(one);
      if (state !== 'asked' && state !== 'approved') this.#all.delete(id);
    }
  }

  #view(one: HeldExport): ExportRequest {
    const { nameOf, rules } = this.#options;
    const { decided } = one;
    const state = this.#stateOf(one);
    const until =
      state === 'asked'
        ? one.at + rules.askHours * HOUR_MS
        : state === 'approved' && decided
          ? decided.at + rules.fetchHours * HOUR_MS
          : null;
    return {
      ...one,
      name: nameOf(one.by),
      ...{ state, until },
      decided: decided && { ...decided, name: nameOf(decided.by) },
    };
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#turns.take(['exports'], act);
  }
}
