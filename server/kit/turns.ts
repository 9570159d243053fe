// Who changes the same thing goes one after another; who changes something else does not wait for them, so that what is
// written in one moment goes into one commit.

export class Turns {
  /** What was asked for last, by what it is about. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `act` when all that was asked for earlier about any of `about` has ended, well or not. */
  take<T>(about: readonly string[], act: () => Promise<T>): Promise<T> {
    const before = about.flatMap((key) => this.#last.get(key) ?? []);
    const mine = Promise.all(before).then(act);
    const ended: Promise<void> = mine.then(
      () => this.#forget(about, ended),
      () => this.#forget(about, ended),
    );
    for (const key of about) this.#last.set(key, ended);
    return mine;
  }

  /** Resolves when all that was asked for so far has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#last.values());
  }

  #forget(about: readonly string[], ended: Promise<unknown>): void {
    for (const key of about) if (this.#last.get(key) === ended) this.#last.delete(key);
  }
}
