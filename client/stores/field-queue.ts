// What somebody in the field said while there may be no network: kept in the browser under the id of its action, sent in
// order, and taken off only when the server has it. The server does each action once, so sending again is always safe.
import type { Title } from '../../contracts/column.ts';

export interface FieldFile {
  readonly kind: 'photo' | 'voice';
  readonly blob: Blob;
  /** null: the server does not have it yet. */
  readonly hash: string | null;
}

/** What somebody did, as it is to be sent. */
export interface NewEntry {
  /** Account and world it was done in: nobody sends for another, nor into another world. */
  readonly who: string;
  readonly world: string;
  readonly path: string;
  /** Entries about the same thing follow each other: `task:7`. */
  readonly about: string;
  readonly title: Title;
  /** What it is about, for people. */
  readonly name: string;
  readonly action: string;
  readonly happenedAt: number;
  /** Sequence that was known; null: it begins something. */
  readonly seen: number | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly FieldFile[];
  /** Why the server did not take it, for people; null: it waits. */
  readonly refusal: string | null;
}
export interface Entry extends NewEntry {
  /** In the order they were made. */
  readonly id: number;
}

/** Where entries outlive the page. */
export interface FieldShelf {
  add(entry: NewEntry): Promise<Entry>;
  /** In the order they were made. */
  all(): Promise<readonly Entry[]>;
  put(entry: Entry): Promise<void>;
  remove(id: number): Promise<void>;
}

/** Status 0: there was no answer. */
export interface FieldAnswer {
  readonly status: number;
  readonly body: unknown;
}
export interface FieldDoor {
  sendFile(blob: Blob): Promise<FieldAnswer>;
  send(path: string, body: Readonly<Record<string, unknown>>): Promise<FieldAnswer>;
}

/** done: nothing waits. later: no network, or nobody is signed in. */
export type Sent = 'done' | 'later';

export class FieldQueue {
  readonly #shelf: FieldShelf;
  readonly #door: FieldDoor;
  readonly #changed: (entries: readonly Entry[]) => void;
  #running: Promise<Sent> | null = null;

  /** @param changed is told all entries whenever one came, went, or was refused */
  constructor(shelf: FieldShelf, door: FieldDoor, changed: (entries: readonly Entry[]) => void) {
    this.#shelf = shelf;
    this.#door = door;
    this.#changed = changed;
  }

  /** Kept when it resolves. @throws whatever the browser says when it cannot keep anything */
  async add(entry: NewEntry): Promise<void> {
    await this.#shelf.add(entry);
    await this.tell();
  }

  async discard(id: number): Promise<void> {
    await this.#shelf.remove(id);
    await this.tell();
  }

  async tell(): Promise<void> {
    this.#changed(await this.#shelf.all());
  }

  /** Sends what waits of this account in this world, one after the other, until all is sent or none can be. */
  send(of: { readonly who: string; readonly world: string }): Promise<Sent> {
    this.#running ??= this.#sendAll(of).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #sendAll({ who, world }: { readonly who: string; readonly world: string }): Promise<Sent> {
    for (;;) {
      const next = (await this.#shelf.all()).find(
        (entry) => entry.refusal === null && entry.who === who && entry.world === world,
      );
      if (!next) return 'done';
      const isThrough = await this.#sendOne(next);
      await this.tell();
      if (!isThrough) return 'later';
    }
  }

  /** → whether it is the turn of the next. */
  async #sendOne(entry: Entry): Promise<boolean> {
    const files: FieldFile[] = [...entry.files];
    for (const [at, file] of files.entries()) {
      if (file.hash !== null) continue;
      const answer = await this.#door.sendFile(file.blob);
      if (isLater(answer)) return false;
      const hash = (answer.body as { hash?: unknown } | null)?.hash;
      if (typeof hash !== 'string') return this.#refuse({ ...entry, files }, answer);
      files[at] = { ...file, hash };
      await this.#shelf.put({ ...entry, files });
    }
    const { action, happenedAt, seen, body } = entry;
    const answer = await this.#door.send(entry.path, {
      ...body,
      action,
      happenedAt,
      ...(seen === null ? {} : { seen }),
      ...(files.length === 0 ? {} : { files: files.map(({ hash }) => hash) }),
    });
    if (isLater(answer)) return false;
    if (answer.status !== 200 && answer.status !== 201) return this.#refuse({ ...entry, files }, answer);
    await this.#follow(entry, answer.body);
    await this.#shelf.remove(entry.id);
    return true;
  }

  /** Kept with its reason: people put it right, or let it go. The rest goes on. */
  async #refuse(entry: Entry, { status, body }: FieldAnswer): Promise<true> {
    const { message } = (body ?? {}) as { message?: unknown };
    await this.#shelf.put({ ...entry, refusal: typeof message === 'string' ? message : `HTTP ${status}` });
    return true;
  }

  /** What the server made of this one has been seen by those that follow it: they were meant to come after it. */
  async #follow({ id, about }: Entry, body: unknown): Promise<void> {
    const { task } = (body ?? {}) as { task?: { seq?: unknown } };
    const seq = task?.seq;
    if (typeof seq !== 'number') return;
    for (const later of await this.#shelf.all()) {
      if (later.id > id && later.about === about && later.seen !== null && later.refusal === null)
        await this.#shelf.put({ ...later, seen: Math.max(later.seen, seq) });
    }
  }
}

/** It says nothing about the entry: the network, the server, or who is signed in. */
function isLater({ status, body }: FieldAnswer): boolean {
  const { code } = (body ?? {}) as { code?: unknown };
  return status === 0 || status === 401 || status === 429 || status >= 500 || code === 'access/must-change';
}
