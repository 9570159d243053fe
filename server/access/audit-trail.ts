// The audit log: every sign-in, refusal, view of sensitive data and action, in a hash-chained log of its own that no
// part of the product can change and only the auditor reads.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { RecordLog } from '../store/port.ts';

const MINUTE_MS = 60_000;
/** The same refusal is written once a minute, with how often it came. */
const MOST_REPEATED = 5000;
/** Entries read at once, going back. */
const PAGE = 500;

export const auditKinds = [
  'session/open',
  'session/close',
  'session/refuse',
  'session/step-up',
  'access/refuse',
  'access/view',
  'access/act',
  'glass/take',
  'glass/end',
  'glass/review',
  'export/ask',
  'export/approve',
  'export/decline',
  'export/fetch',
  'setting/set',
] as const;
export type AuditKind = (typeof auditKinds)[number];

export interface AuditNote {
  readonly kind: AuditKind;
  /** Subject id; '' becomes "nobody". */
  readonly subject: string;
  readonly roles: readonly string[];
  /** Network address of who asked. */
  readonly from: string;
  /** What was asked for, as "GET /api/layers/x". */
  readonly event: string;
  /** What it is about. */
  readonly object: string;
  /** "ok", or the code of the error. */
  readonly result: string;
  readonly world?: string;
  readonly trace?: string;
  readonly detail?: string;
}

export interface AuditAsk {
  /** Sequences below this one; absent: from the newest. */
  readonly before?: number | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly subject?: string | undefined;
  /** Epoch ms. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly LogEntry[];
  /** `before` of the next page; null: there is none. */
  readonly next: number | null;
}

export interface AuditTrail {
  note(said: AuditNote): void;
  /** What is being written is written when it resolves. */
  settle(): Promise<void>;
  page(ask: AuditAsk): Promise<AuditPage>;
  readonly head: RecordLog['head'];
}

interface Options {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class AuditLog implements AuditTrail {
  readonly #options: Options;
  readonly #repeated = new Map<string, { at: number; count: number }>();
  #writing: Promise<unknown> = Promise.resolve();
  #isFailing = false;

  constructor(options: Options) {
    this.#options = options;
  }

  get head(): RecordLog['head'] {
    return this.#options.log.head;
  }

  note(said: AuditNote): void {
    const times = said.kind === 'access/refuse' ? this.#timesDue(said) : 1;
    if (times === 0) return;
    const { subject, kind, ...rest } = said;
    const body = { ...rest, roles: [...rest.roles], ...(times > 1 ? { times } : {}) };
    this.#writing = this.#options.log
      .append({ subject: subject === '' ? 'nobody' : subject, kind, body })
      .then(() => (this.#isFailing = false))
      .catch((error: unknown) => this.#lost(error));
  }

  async settle(): Promise<void> {
    await this.#writing;
  }

  async page({ before, kinds, subject, from, to, limit }: AuditAsk): Promise<AuditPage> {
    const found: LogEntry[] = [];
    let end = (before ?? this.head.seq + 1) - 1;
    while (end > 0 && found.length <= limit) {
      const after = Math.max(0, end - PAGE);
      const page: LogEntry[] = [];
      const range = { after, upTo: end, ...(kinds ? { kinds } : {}) };
      for await (const entry of this.#options.log.read(range)) page.push(entry);
      const wanted = page.filter(
        (entry) =>
          (subject === undefined || entry.subject === subject) &&
          entry.knownAt >= (from ?? -Infinity) &&
          entry.knownAt < (to ?? Infinity),
      );
      found.push(...wanted.reverse());
      end = after;
    }
    const entries = found.slice(0, limit);
    return { entries, next: found.length > limit ? (entries.at(-1)?.seq ?? null) : null };
  }

  /** 0: it was written a moment ago, and is counted. */
  #timesDue({ subject, event, from }: AuditNote): number {
    const name = `${subject} ${from} ${event}`;
    const now = this.#options.clock.now();
    const known = this.#repeated.get(name);
    if (known && now - known.at < MINUTE_MS) {
      known.count += 1;
      return 0;
    }
    this.#repeated.delete(name);
    this.#repeated.set(name, { at: now, count: 0 });
    for (const oldest of this.#repeated.keys()) {
      if (this.#repeated.size <= MOST_REPEATED) break;
      this.#repeated.delete(oldest);
    }
    return (known?.count ?? 0) + 1;
  }

  /** Said once: a store that is away says so itself on /health. */
  #lost(error: unknown): void {
    if (!this.#isFailing) this.#options.logger.error('audit.entry-lost', { error: String(error) });
    this.#isFailing = true;
  }
}
