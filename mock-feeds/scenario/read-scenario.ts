// scenario.yaml as the simulated city reads it: when and how to start, what to hold back, and what to make happen when.
// Whether names fit the cockpit is checked there; here only what is played is read.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface PlayedScenario {
  file: string;
  city: string;
  seed: number;
  scale: number;
  /** Epoch ms of its start. */
  startAt: number;
  quiet: string[];
  /** In order of time. */
  injects: { at: number; body: Readonly<Record<string, unknown>> }[];
}

const MOMENT = /^(-?)(\d{1,3}):(\d\d)(?::(\d\d))?$/;

/** Seconds after T0 of "1:30", "-0:25", "0:01:05" or a number. */
function secondsOf(file: string, name: string, moment: unknown): number {
  if (typeof moment === 'number') return moment;
  const [, minus, hours, minutes, seconds] = MOMENT.exec(String(moment)) ?? [];
  if (hours === undefined)
    throw new Error(`${file}: ${name}: ${JSON.stringify(moment)} → "h:mm" or "h:mm:ss"`);
  const s = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return minus === '-' ? -s : s;
}

type Fields = Readonly<Record<string, unknown>>;

const listIn = (fields: Fields, name: string): unknown[] => {
  const list = fields[name];
  return Array.isArray(list) ? list : [];
};

/** Throws one sentence that names the file and what is wrong in it. */
export function readScenario(file: string): PlayedScenario {
  const fields = parse(readFileSync(file, 'utf8')) as Fields;
  const t0 = Date.parse(String(fields['t0']));
  if (!Number.isFinite(t0))
    throw new Error(`${file}: t0: ${String(fields['t0'])} → an ISO 8601 time with an offset`);
  const injects = listIn(fields, 'injects').map((inject, i) => {
    const { at, ...body } = inject as Record<string, unknown>;
    return { at: t0 + secondsOf(file, `injects.${i}.at`, at) * 1000, body };
  });
  return {
    file,
    city: String(fields['city']),
    seed: Number(fields['seed'] ?? 1),
    scale: Number(fields['scale'] ?? 1),
    startAt: t0 + secondsOf(file, 'from', fields['from']) * 1000,
    quiet: listIn(fields, 'quiet').map(String),
    injects: injects.sort((a, b) => a.at - b.at),
  };
}
