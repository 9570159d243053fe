// Settings of a running server over its files: each change an entry of a log of its own, on record before it holds, and
// taken back by a further one. Secrets are sealed: the store and the log hold no plain text of them.
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { CityKind, SettingChange, SettingKind, SettingValue } from '../../contracts/records/setting.ts';
import { settingKinds } from '../../contracts/records/setting.ts';
import type { AuditTrail, GlassHand } from '../access/port.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';

const SET = 'setting/set';
/** Older ones are in the log only. */
const MOST_LISTED = 200;
/** Letters in the audit log; both values stand whole in the log of settings. */
const MOST_TOLD = 1000;

/** What seals secrets; what it sealed for one use opens for no other. */
interface Box {
  seal(text: string, about: string): string;
  /** @throws Error when it was sealed with another key, or changed */
  open(sealed: string, about: string): string;
}

/** Where a value holds. */
export interface SettingPlace {
  readonly kind: SettingKind;
  /** Of which feed, indicator, kind of incident or area. */
  readonly of: string;
  readonly setting: string;
}

export interface NewSetting extends SettingPlace {
  /** null: that of the files. */
  readonly value: SettingValue;
  readonly reason: string;
}

export interface SettingOptions {
  readonly log: RecordLog;
  readonly audit: Pick<AuditTrail, 'note'>;
  readonly box: Box;
  /** Before it is on record. @throws CodedError request/invalid where it cannot hold */
  readonly check: (asked: NewSetting) => void;
  readonly onChange: (place: SettingPlace) => void;
  /** A secret cannot be opened with the key of this server. */
  readonly onLost: (what: string) => void;
}

interface Held extends SettingPlace {
  readonly id: number;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
  /** Sealed where it is a secret. */
  readonly before: SettingValue;
  readonly after: SettingValue;
  readonly undoes: number | null;
}

const aboutOf = ({ kind, of, setting }: SettingPlace): string => `${kind} ${of} ${setting}`;
const isSame = (a: SettingValue, b: SettingValue): boolean => JSON.stringify(a) === JSON.stringify(b);
const wordsOf = (value: SettingValue): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
const FEED_KINDS: readonly SettingKind[] = ['feed', 'secret'];

export class SettingBook {
  readonly #options: SettingOptions;
  readonly #all = new Map<number, Held>();
  /** The last change of each setting. */
  readonly #last = new Map<string, Held>();
  /** Told once each. */
  readonly #lost = new Set<number>();
  readonly #turns = new Turns();

  constructor(options: SettingOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: [SET] })) this.#apply(entry);
  }

  /** Feeds of which something is set here. */
  get feeds(): ReadonlySet<string> {
    const ofFeeds = [...this.#last.values()].filter(({ kind }) => FEED_KINDS.includes(kind));
    return new Set(ofFeeds.map(({ of }) => of));
  }

  /** What holds over the files of one feed, secrets opened; one that cannot be opened holds no more. */
  valuesOf(feed: string): Readonly<Record<string, string | number>> {
    const values: Record<string, string | number> = {};
    for (const held of this.#last.values()) {
      if (held.of !== feed || held.after === null || !FEED_KINDS.includes(held.kind)) continue;
      const value = held.kind === 'secret' ? this.#opened(held, held.after) : held.after;
      if (typeof value === 'string' || typeof value === 'number') values[held.setting] = value;
    }
    return values;
  }

  /** What holds over the files of one kind, by what it is of. */
  held(kind: CityKind): ReadonlyMap<string, SettingValue> {
    const held = [...this.#last.values()].filter((one) => one.kind === kind && one.after !== null);
    return new Map(held.map(({ of, after }) => [of, after]));
  }

  /** null: nothing was ever set here. */
  lastOf(place: SettingPlace): SettingChange | null {
    const held = this.#last.get(aboutOf(place));
    return held ? this.#view(held) : null;
  }

  /** Newest first. */
  changes(kinds: readonly SettingKind[]): SettingChange[] {
    return [...this.#all.values()]
      .filter(({ kind }) => kinds.includes(kind))
      .reverse()
      .slice(0, MOST_LISTED)
      .map((held) => this.#view(held));
  }

  /** @throws CodedError request/conflict where it is so already, request/invalid where it cannot hold */
  set(by: GlassHand, asked: NewSetting): Promise<SettingChange> {
    return this.#inTurn(async () => {
      const before = this.#last.get(aboutOf(asked))?.after ?? null;
      // A secret that is given again is sealed anew: nobody learns whether it is the same.
      if (isSame(asked.value, before))
        throw new CodedError('request/conflict', `${aboutOf(asked)} is so already`);
      this.#options.check(asked);
      const isSealed = asked.kind === 'secret' && asked.value !== null;
      const after = isSealed ? this.#options.box.seal(String(asked.value), aboutOf(asked)) : asked.value;
      // Never the value itself: of a secret it is told to nobody.
      const { kind, of, setting, reason } = asked;
      return this.#say(by, { kind, of, setting, reason, before, after, undoes: null });
    });
  }

  /** Puts back what held before. @throws CodedError request/not-found, request/conflict where another came later */
  undo(
    by: GlassHand,
    id: number,
    { kind, reason }: { readonly kind: SettingKind; readonly reason: string },
  ): Promise<SettingChange> {
    return this.#inTurn(async () => {
      const held = this.#all.get(id);
      if (held?.kind !== kind) throw new CodedError('request/not-found', `change ${id} of a ${kind}`);
      if (this.#last.get(aboutOf(held)) !== held || held.undoes !== null)
        throw new CodedError('request/conflict', `change ${id} was changed again, or taken back`);
      const { of, setting, before, after } = held;
      const value = kind === 'secret' && before !== null ? this.#opened(held, before) : before;
      if (value === null && before !== null)
        throw new CodedError(
          'request/conflict',
          `${aboutOf(held)}: sealed with a key that is lost: set it anew`,
        );
      this.#options.check({ kind, of, setting, value, reason });
      return this.#say(by, { kind, of, setting, reason, before: after, after: before, undoes: id });
    });
  }

  /** null: it was sealed with another key. */
  #opened(held: Held, sealed: SettingValue): string | null {
    try {
      return this.#options.box.open(String(sealed), aboutOf(held));
    } catch {
      if (!this.#lost.has(held.id)) this.#options.onLost(aboutOf(held));
      this.#lost.add(held.id);
      return null;
    }
  }

  async #say(by: GlassHand, said: Omit<Held, 'id' | 'by' | 'at'>): Promise<SettingChange> {
    const { audit, log, onChange } = this.#options;
    const body = { ...said } as LogEntry['body'];
    const held = this.#apply(await log.append({ subject: by.id, kind: SET, body }));
    const shown = this.#view(held);
    const change = held.kind === 'secret' ? '' : ` ${wordsOf(shown.before)} → ${wordsOf(shown.after)}`;
    audit.note({
      ...{ kind: 'setting/set', subject: by.id, roles: by.roles, from: by.from, result: 'ok' },
      event: held.undoes === null ? 'setting' : 'undo of a setting',
      object: `${aboutOf(held)}${change}`.slice(0, MOST_TOLD),
      detail: held.reason,
    });
    onChange(held);
    return shown;
  }

  #apply({ seq, subject, knownAt, body }: LogEntry): Held {
    // Until 2026-11 settings were of feeds alone, and named them so.
    const said = body as unknown as Omit<Held, 'id' | 'by' | 'at' | 'of'> & { of?: string; feed?: string };
    const { feed = '', of = feed, ...rest } = said;
    const kind = settingKinds.find((one) => one === said.kind) ?? 'feed';
    const held: Held = { ...rest, of, kind, id: seq, by: subject, at: knownAt };
    this.#all.set(seq, held);
    this.#last.set(aboutOf(held), held);
    return held;
  }

  #view(held: Held): SettingChange {
    const told = (value: SettingValue): SettingValue =>
      held.kind === 'secret' && value !== null ? 'set' : value;
    const isLast = this.#last.get(aboutOf(held)) === held;
    return {
      ...held,
      before: told(held.before),
      after: told(held.after),
      undoable: isLast && held.undoes === null,
    };
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#turns.take(['settings'], act);
  }
}
