// The source of the ingest bench: JSON lines over one long HTTP answer, at a rate. The lines are made once; before each
// is sent, its time is written into it.
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { answer } from '../children.ts';
import { CityModel } from '../city-model.ts';
import type { Usage } from '../measure.ts';
import { monotonicMs, sleep, watchUsage } from '../measure.ts';
import { listen } from '../subject/commands.ts';

/** Steps of the city that are kept as lines, then sent again: 8 × 20 m back is within what ingest believes. */
const PASSES = 8;
/** Lines go out this often. */
const PACE_MS = 10;
/** `{"at":` stands before the 13 digits of the time. */
const TIME_FROM = 6;
/** A reader this far behind has lost. */
const MAX_WAITING_BYTES = 256 * 1024 * 1024;
const kinds = ['taxi', 'truck', 'coach', 'hazmat'] as const;

export interface Sent {
  readonly lines: number;
  readonly seconds: number;
  /** Of this process: it must not be what limits. */
  readonly usage: Usage;
  /** Bytes the reader had not taken when the last line was written. */
  readonly waitingBytes: number;
}

let bytes = Buffer.alloc(0);
let starts = new Uint32Array(0);
let next = 0;
let reader: ServerResponse | null = null;

/** What is wrong with a bad line: its end is missing, its place is elsewhere, its speed is a word, it names nobody. */
const damages: readonly ((line: string) => string)[] = [
  (line) => `${line.slice(0, -12)}\n`,
  (line) => line.replace(/"lon":[\d.]+/, '"lon":-12.5'),
  (line) => line.replace(/"speed":\d+/, '"speed":"fast"'),
  (line) => line.replace(/"id":"v\d+"/, '"id":""'),
];
/** One line in so many is good all the same. */
const GOOD_OF_BAD = 50;

function makeLines(objects: number, isBad: boolean): void {
  const model = new CityModel(objects, 3);
  const lines: string[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (let object = 0; object < objects; object += 1) {
      const line = lineOf(model, object);
      const damage = isBad && object % GOOD_OF_BAD !== 0 ? damages[object % damages.length] : undefined;
      lines.push(damage ? damage(line) : line);
    }
    model.step();
  }
  starts = new Uint32Array(lines.length + 1);
  let at = 0;
  for (const [index, line] of lines.entries()) starts[index + 1] = at += line.length;
  bytes = Buffer.from(lines.join(''), 'latin1');
}

function lineOf(model: CityModel, object: number): string {
  const record = {
    at: 1_000_000_000_000,
    id: `v${100_000 + object}`,
    lon: Number((model.lon[object] as number).toFixed(6)),
    lat: Number((model.lat[object] as number).toFixed(6)),
    heading: model.headingDeg[object],
    speed: model.speedKmh[object],
    alt: 480 + (object % 400),
    kind: kinds[object % kinds.length],
    states: 3,
  };
  return `${JSON.stringify(record)}\n`;
}

/** Sends the next `count` lines, timed now. */
function sendNext(to: ServerResponse, count: number): void {
  const digits = Buffer.from(String(Date.now()));
  const total = starts.length - 1;
  for (let left = count; left > 0;) {
    const end = Math.min(total, next + left);
    for (let line = next; line < end; line += 1) bytes.set(digits, (starts[line] as number) + TIME_FROM);
    to.write(bytes.subarray(starts[next], starts[end]));
    left -= end - next;
    next = end === total ? 0 : end;
  }
}

async function send({ perS, seconds }: { perS: number; seconds: number }): Promise<Sent> {
  const to = reader;
  if (!to) throw new Error('nobody reads the lines');
  const used = watchUsage();
  const from = monotonicMs();
  let lines = 0;
  for (;;) {
    const elapsed = Math.min(seconds * 1000, monotonicMs() - from);
    const due = Math.floor((elapsed / 1000) * perS);
    if (due > lines) sendNext(to, due - lines);
    lines = due;
    if (elapsed >= seconds * 1000 || to.writableLength > MAX_WAITING_BYTES) break;
    await sleep(PACE_MS);
  }
  return { lines, seconds: (monotonicMs() - from) / 1000, usage: used(), waitingBytes: to.writableLength };
}

const commands = {
  open: async (body: {
    objects: number;
    isBad?: boolean;
  }): Promise<{ port: number; bytesPerLine: number }> => {
    makeLines(body.objects, body.isBad ?? false);
    const http = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.flushHeaders();
      reader = response;
    });
    return { port: await listen(http), bytesPerLine: bytes.length / (starts.length - 1) };
  },
  isRead: (_: null): boolean => reader !== null,
  send,
};
export type LinesCommands = typeof commands;

answer(commands);
