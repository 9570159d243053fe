// All operations as far as anybody asks for them: those that stand, and the newest of the others. Made of the entries of the
// log, or of a snapshot and the entries behind it.
import { z } from 'zod';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { operationKinds } from '../../contracts/records/operation.ts';
import type { Held } from './fold.ts';
import { aboutOf, isActive, operationOf, UNDO } from './fold.ts';

/** Older ones that are over are in the log only: what is listed and kept does not grow with it. */
export const MOST_LISTED = 1000;

/** Kinds of entries the fold is made of. */
export const foldedKinds: readonly string[] = [...operationKinds, UNDO];

const heldSchema = z.strictObject({
  id: z.int().positive(),
  kind: z.enum(operationKinds),
  at: z.int(),
  by: z.string(),
  reason: z.string(),
  until: z.int().nullable(),
  body: z.record(z.string(), z.unknown()),
  undone: z.strictObject({ at: z.int(), by: z.string(), reason: z.string() }).nullable(),
  isOver: z.boolean(),
});
/** `version`: of the shape and of what the fold makes of an entry; another one is folded anew. */
const stateSchema = z.strictObject({ version: z.literal(2), held: z.array(heldSchema) });

export class OperationFold {
  /** By id, in order of their entries. */
  readonly #all = new Map<number, Held>();
  /** The last about each thing, if it was not taken back. */
  readonly #standing = new Map<string, Held>();
  /** Of the last entry. */
  #seq = 0;

  get seq(): number {
    return this.#seq;
  }

  get all(): Iterable<Held> {
    return this.#all.values();
  }

  of(id: number): Held | undefined {
    return this.#all.get(id);
  }

  /** The active one about the same. */
  sameAs(asked: Pick<Held, 'kind' | 'body'>, now: number): Held | undefined {
    const last = this.#standing.get(aboutOf(asked));
    return last && isActive(last, now) ? last : undefined;
  }

  /** → the operation an entry is or takes back, and the one whose place it takes; null where it is neither. */
  add(entry: LogEntry, now: number): { readonly held: Held; readonly before: Held | undefined } | null {
    this.#seq = entry.seq;
    const held = operationOf(entry);
    if (held) {
      const before = this.#note(held);
      if (this.#all.size > 2 * MOST_LISTED) this.#forget(now);
      return { held, before };
    }
    const taken = entry.kind === UNDO ? this.#noteUndo(entry) : undefined;
    return taken ? { held: taken, before: undefined } : null;
  }

  /** For a snapshot, as JSON. */
  state(now: number): unknown {
    this.#forget(now);
    return { version: 2, held: [...this.#all.values()] };
  }

  /** Goes on from a snapshot; false: it is of another version, and nothing was taken from it. */
  restore(state: unknown, seq: number): boolean {
    const { data: kept } = stateSchema.safeParse(state);
    if (!kept) return false;
    for (const held of kept.held) {
      this.#all.set(held.id, held);
      if (!held.isOver && held.undone === null) this.#standing.set(aboutOf(held), held);
    }
    this.#seq = seq;
    return true;
  }

  #note(held: Held): Held | undefined {
    const about = aboutOf(held);
    const before = this.#standing.get(about);
    if (before) before.isOver = true;
    if (held.isOver) this.#standing.delete(about);
    else this.#standing.set(about, held);
    this.#all.set(held.id, held);
    return before;
  }

  #noteUndo({ knownAt, subject, body }: LogEntry): Held | undefined {
    const { id, reason } = body as Readonly<Record<string, unknown>>;
    const held = this.#all.get(Number(id));
    if (!held) return undefined;
    held.undone = { at: knownAt, by: subject, reason: String(reason) };
    const about = aboutOf(held);
    if (this.#standing.get(about) === held) this.#standing.delete(about);
    return held;
  }

  #forget(now: number): void {
    const kept = new Set(lastWords(this.#all.values()));
    let older = this.#all.size - MOST_LISTED;
    for (const held of this.#all.values()) {
      older -= 1;
      if (older < 0) return;
      if (kept.has(held) || isActive(held, now)) continue;
      this.#all.delete(held.id);
      const about = aboutOf(held);
      if (this.#standing.get(about) === held) this.#standing.delete(about);
    }
  }
}

/** What a start looks at though it may be over: the last change of names. */
export function lastWords(all: Iterable<Held>): Held[] {
  const last = [...all].findLast(isAlias);
  return last ? [last] : [];
}

export const isAlias = ({ kind }: Held): boolean => kind === 'alias/merge' || kind === 'alias/split';
