// When the server ran, so that history can tell "nothing happened" from "nobody looked". A file of pairs of float64,
// start and last sign of life of each run; the last pair is written over in place.
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Gap } from './gaps.ts';

const PAIR = 16;
/** Between two signs of life, milliseconds. */
const EVERY_MS = 5000;
/** A shorter pause is a restart, not an outage. */
const OUTAGE_MS = 30_000;

export class Uptime {
  readonly #file: string;
  readonly #runs: [from: number, to: number][] = [];
  #fd = -1;
  #writtenAt = -Infinity;

  constructor(file: string) {
    this.#file = file;
  }

  /** Begins a run. A file that cannot be read counts as no earlier run. */
  open(now: number): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    for (const run of readRuns(this.#file)) {
      if (run[0] > (this.#runs.at(-1)?.[0] ?? -Infinity) && run[0] <= now) this.#runs.push(run);
    }
    this.#runs.push([now, now]);
    const whole = new Float64Array(this.#runs.flat());
    const next = `${this.#file}.new`;
    writeFileSync(next, new Uint8Array(whole.buffer));
    renameSync(next, this.#file);
    this.#fd = openSync(this.#file, 'r+');
  }

  /** A sign of life; written every five seconds. */
  seen(now: number): void {
    const run = this.#runs.at(-1);
    if (!run || now <= run[1]) return;
    run[1] = now;
    if (now - this.#writtenAt >= EVERY_MS) this.#write(now);
  }

  /** The stretches in which nobody looked, oldest first; the first begins long ago. */
  outages(): Gap[] {
    const gaps: Gap[] = [];
    let last = 0;
    for (const [from, to] of this.#runs) {
      if (from - last > OUTAGE_MS) gaps.push([last, from]);
      last = Math.max(last, to);
    }
    return gaps;
  }

  close(): void {
    if (this.#fd < 0) return;
    this.#write(this.#runs.at(-1)?.[1] ?? 0);
    closeSync(this.#fd);
    this.#fd = -1;
  }

  #write(now: number): void {
    if (this.#fd < 0) return;
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(now);
    try {
      writeSync(this.#fd, bytes, 0, 8, (this.#runs.length - 1) * PAIR + 8);
      this.#writtenAt = now;
    } catch {
      // A full disk is the journal's to report; an end that is some seconds early is still the truth.
    }
  }
}

function readRuns(file: string): [from: number, to: number][] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return [];
  }
  const runs: [number, number][] = [];
  for (let at = 0; at + PAIR <= bytes.length; at += PAIR) {
    const [from, to] = [bytes.readDoubleLE(at), bytes.readDoubleLE(at + 8)];
    if (from <= to) runs.push([from, to]);
  }
  return runs;
}
