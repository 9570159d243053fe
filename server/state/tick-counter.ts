// Numbers of ticks: one sequence for all streams that never goes back, whatever the clock and the process do.
// It starts near the epoch seconds and counts on; a block of numbers is reserved on disk ahead, so that a killed
// process continues above anything it may have sent.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Numbers reserved at once: ten minutes of one-second ticks between two writes. */
const BLOCK = 600;

export class TickCounter {
  readonly #file: string;
  #current = 0;
  #reserved = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** `now`: epoch ms. @throws Error when the reservation cannot be read or written */
  open(now: number): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    this.#current = Math.max(readReservation(this.#file), Math.floor(now / 1000));
    this.#reserve(this.#current + BLOCK);
  }

  get current(): number {
    return this.#current;
  }

  next(): number {
    this.#current += 1;
    if (this.#current >= this.#reserved) this.#tryToReserve();
    return this.#current;
  }

  /** A full disk must not stop the ticks: it is tried again at the next one, and a start never begins before the clock. */
  #tryToReserve(): void {
    try {
      this.#reserve(this.#current + BLOCK);
    } catch {
      // Said by whoever keeps more on that disk.
    }
  }

  /** Gives the unused numbers back. */
  close(): void {
    this.#reserve(this.#current);
  }

  #reserve(upTo: number): void {
    writeFileSync(`${this.#file}.new`, `${upTo}\n`);
    renameSync(`${this.#file}.new`, this.#file);
    this.#reserved = upTo;
  }
}

function readReservation(file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return 0;
  }
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`${file} holds "${text.slice(0, 40)}" where a tick number belongs: remove the file`);
}
