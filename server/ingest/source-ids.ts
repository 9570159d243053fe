// Object numbers by the ids a source gives its things. Sources tell of them in the same order again and again: the next is
// guessed from the one before and held against its id, which saves the look-up.
const FIRST = 64;

export class SourceIds {
  readonly #objects = new Map<string, number>();
  /** By object: an id of it, null where it has none, and the object that came after it last time. */
  readonly #ids: (string | null)[] = [];
  #next = new Int32Array(0);
  #last = 0;

  get(id: string): number | undefined {
    const guess = this.#next[this.#last] as number;
    if (this.#ids[guess] === id) {
      this.#last = guess;
      return guess;
    }
    const object = this.#objects.get(id);
    if (object !== undefined) this.#follow(object);
    return object;
  }

  has(id: string): boolean {
    return this.#objects.has(id);
  }

  set(id: string, object: number): void {
    const before = this.#objects.get(id);
    if (before !== undefined) this.delete(id);
    if (object >= this.#next.length) this.#grow(Math.max(FIRST, object + 1, this.#next.length * 2));
    this.#objects.set(id, object);
    this.#ids[object] = id;
    this.#follow(object);
  }

  delete(id: string): void {
    const object = this.#objects.get(id);
    if (object === undefined) return;
    this.#objects.delete(id);
    if (this.#ids[object] === id) this.#ids[object] = null;
  }

  [Symbol.iterator](): IterableIterator<[id: string, object: number]> {
    return this.#objects.entries();
  }

  #follow(object: number): void {
    this.#next[this.#last] = object;
    this.#last = object;
  }

  #grow(capacity: number): void {
    const next = new Int32Array(capacity);
    next.set(this.#next);
    this.#next = next;
    for (let object = this.#ids.length; object < capacity; object += 1) this.#ids.push(null);
  }
}
