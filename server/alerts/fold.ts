// Alerts as the fold of their entries in the log: the same steps make the state while it runs and after a restart.
import type { Alert, AlertKind, ClearReason } from '../../contracts/records/alert.ts';
import { alertKinds } from '../../contracts/records/alert.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { levelOf } from './level.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An alert with what only the engine needs of it. */
export interface Held extends Mutable<Omit<Alert, 'signals' | 'chattering'>> {
  /** Of two alerts of one cause only one stands. */
  readonly cause: string;
  /** Keys of the rows that hold for it. */
  readonly members: Set<string>;
  chattering: boolean;
}

export interface Raised {
  readonly at: number;
  readonly rule: string;
  readonly severity: Alert['severity'];
  readonly alarm: boolean;
}

/** A raise as a moment to go to on the axis of time. */
export interface RaiseMark {
  readonly at: number;
  readonly id: string;
  readonly title: Alert['title'];
  readonly severity: Alert['severity'];
  readonly region: string;
}

/** As far back as an axis asks for marks, and more than people go through. */
const MARKED_MS = 7 * 86_400_000;
const MOST_MARKED = 1000;
/** Orange and red. */
const MARKED_LEVEL = 3;
/** What is kept of a raise for as long as alarms are counted. */
const COUNTED_MS = 86_400_000;
/** Alerts that are over and can still be listed. */
const MOST_CLEARED = 500;
const LONGEST_SUPPRESSED_MS = 86_400_000;

/** Of the state in a snapshot. */
const VERSION = 1;

interface KeptFold {
  readonly version: number;
  readonly open: readonly Omit<Held, 'members'>[];
  readonly cleared: readonly Omit<Held, 'members'>[];
  readonly raised: readonly Raised[];
  readonly marks: readonly RaiseMark[];
  readonly suppressed: readonly (readonly [string, { readonly level: number; readonly at: number }])[];
}

export type RaiseBody = Omit<
  Alert,
  'state' | 'signals' | 'chattering' | 'acknowledged' | 'shelved' | 'comments' | 'cleared'
> & { readonly cause: string };

export interface Step {
  readonly kind: AlertKind;
  readonly subject: string;
  /** Epoch ms. */
  readonly at: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export const stepOf = ({ kind, subject, knownAt, body }: LogEntry): Step | null =>
  (alertKinds as readonly string[]).includes(kind)
    ? { kind: kind as AlertKind, subject, at: knownAt, body: body as Step['body'] }
    : null;

export class AlertFold {
  readonly open = new Map<string, Held>();
  readonly byCause = new Map<string, Held>();
  /** Oldest first. */
  readonly cleared: Held[] = [];
  /** Oldest first. */
  readonly raised: Raised[] = [];
  /** Of those that ask somebody to act, oldest first. */
  readonly marks: RaiseMark[] = [];
  /** What a person ended while it held: rule and key → its level and when. */
  readonly suppressed = new Map<string, { readonly level: number; readonly at: number }>();

  /** → the alerts that changed */
  apply(step: Step): readonly Held[] {
    if (step.kind === 'alert/raise') return [this.#raise(step)];
    const { ids, id } = step.body as { readonly ids?: readonly string[]; readonly id?: string };
    const about = (ids ?? [id ?? '']).flatMap((one) => this.find(one) ?? []);
    for (const held of about) this.#change(held, step);
    return about;
  }

  /** One that stands, or was over not long ago. */
  find(id: string): Held | undefined {
    return this.open.get(id) ?? this.cleared.findLast((held) => held.id === id);
  }

  /** Forgets raises that are no longer counted. */
  prune(now: number): void {
    const first = this.raised.findIndex(({ at }) => at > now - COUNTED_MS);
    this.raised.splice(0, first < 0 ? this.raised.length : first);
    const marked = this.marks.findIndex(({ at }) => at > now - MARKED_MS);
    this.marks.splice(0, marked < 0 ? this.marks.length : marked);
    for (const [key, { at }] of this.suppressed)
      if (at < now - LONGEST_SUPPRESSED_MS) this.suppressed.delete(key);
  }

  /** As JSON, for a snapshot. Which rows held for an alert is not on record: they are seen again. */
  state(): unknown {
    const plain = ({ members: _members, ...held }: Held) => held;
    return {
      version: VERSION,
      open: [...this.open.values()].map(plain),
      cleared: this.cleared.map(plain),
      ...{ raised: this.raised, marks: this.marks, suppressed: [...this.suppressed] },
    };
  }

  /** Goes on from a snapshot; false: it is of another version, and nothing was taken from it. */
  restore(state: unknown): boolean {
    const kept = state as KeptFold;
    if (kept.version !== VERSION) return false;
    const held = (one: Omit<Held, 'members'>): Held => ({
      ...one,
      ...{ members: new Set([one.key]), chattering: false },
    });
    for (const one of kept.open.map(held)) {
      this.open.set(one.id, one);
      this.byCause.set(one.cause, one);
    }
    this.cleared.push(...kept.cleared.map(held));
    this.raised.push(...kept.raised);
    this.marks.push(...kept.marks);
    for (const [key, one] of kept.suppressed) this.suppressed.set(key, one);
    return true;
  }

  #raise({ body }: Step): Held {
    const said = body as unknown as RaiseBody;
    const held: Held = {
      ...said,
      state: 'open',
      members: new Set([said.key]),
      chattering: false,
      acknowledged: null,
      shelved: null,
      comments: [],
      cleared: null,
    };
    this.open.set(held.id, held);
    this.byCause.set(held.cause, held);
    this.suppressed.delete(suppressKey(held.rule, held.key));
    if (held.alarm || levelOf(held.severity) >= MARKED_LEVEL) {
      const { since: at, id, title, severity, region } = held;
      this.marks.push({ at, id, title, severity, region });
      if (this.marks.length > MOST_MARKED) this.marks.shift();
    }
    this.raised.push({ at: held.since, rule: held.rule, severity: held.severity, alarm: held.alarm });
    return held;
  }

  #change(held: Held, { kind, subject: by, at, body }: Step): void {
    const said = body as { readonly reason?: string; readonly text?: string; readonly until?: number };
    // Somebody spoke while it ended: what was said stays, the end too.
    if (held.cleared && kind !== 'alert/acknowledge' && kind !== 'alert/comment') return;
    switch (kind) {
      case 'alert/change':
        return changeLevel(held, body);
      case 'alert/acknowledge':
        held.acknowledged = { by, at };
        if (held.state === 'open') held.state = 'acknowledged';
        return;
      case 'alert/shelve':
        held.shelved = { by, at, until: said.until ?? at, reason: said.reason ?? '' };
        held.state = 'shelved';
        return;
      case 'alert/unshelve':
        held.shelved = null;
        held.state = held.acknowledged ? 'acknowledged' : 'open';
        return;
      case 'alert/comment':
        held.comments = [...held.comments, { by, at, text: said.text ?? '' }];
        return;
      case 'alert/clear':
        return this.#clear(held, { by, at, why: body['why'] as ClearReason, reason: said.reason ?? null });
      case 'alert/raise':
        return;
    }
  }

  #clear(held: Held, cleared: NonNullable<Held['cleared']>): void {
    held.cleared = cleared;
    held.state = 'cleared';
    held.shelved = null;
    this.open.delete(held.id);
    if (this.byCause.get(held.cause) === held) this.byCause.delete(held.cause);
    if (cleared.why === 'by-hand') {
      const level = levelOf(held.severity);
      for (const key of held.members)
        this.suppressed.set(suppressKey(held.rule, key), { level, at: cleared.at });
    }
    this.cleared.push(held);
    if (this.cleared.length > MOST_CLEARED) this.cleared.shift();
  }
}

/** A worse level asks to be seen again. */
function changeLevel(held: Held, body: Step['body']): void {
  const said = body as { readonly severity: Alert['severity']; readonly value: number | null };
  const isWorse = levelOf(said.severity) > levelOf(held.severity);
  held.severity = said.severity;
  held.value = said.value;
  held.alarm = body['alarm'] === true;
  held.limit = (body['limit'] as number | null | undefined) ?? held.limit;
  if (typeof body['title'] === 'object') held.title = body['title'] as Alert['title'];
  if (!isWorse) return;
  held.state = 'open';
  held.acknowledged = null;
  held.shelved = null;
}

export const suppressKey = (rule: string, key: string): string => `${rule} ${key}`;

export const asListed = ({ members, cause: _cause, ...alert }: Held): Alert => ({
  ...alert,
  signals: members.size,
});
