// npm run bench -- [name …] [--json] [--long] [--minutes=n] [--loops=n]: the named benches, or all short ones; `long`: those that run for
// hours. Exit code 1: a target missed; 2: wrong use.
import type { BenchOptions, BenchResult } from './result.ts';
import { jsonLine, readable } from './result.ts';

interface Bench {
  readonly run: (options: BenchOptions) => Promise<BenchResult>;
}

/** In the order they run. Loaded only when asked for: some need a browser. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  'wire-bytes': () => import('./wire-bytes.ts'),
  decode: () => import('./decode.ts'),
  'tick-cpu': () => import('./tick-cpu.ts'),
  latency: () => import('./latency.ts'),
  clients: () => import('./clients.ts'),
  reconnect: () => import('./reconnect.ts'),
  'slow-client': () => import('./slow-client.ts'),
  ingest: () => import('./ingest.ts'),
  'bad-records': () => import('./bad-records.ts'),
  store: () => import('./store.ts'),
  seek: () => import('./seek.ts'),
  track: () => import('./track.ts'),
  publish: () => import('./publish.ts'),
  command: () => import('./command.ts'),
  roads: () => import('./roads.ts'),
  orders: () => import('./orders.ts'),
  'mode-switch': () => import('./mode-switch.ts'),
  scenario: () => import('./scenario.ts'),
  'moving-layer': () => import('./moving-layer.ts'),
  labels: () => import('./labels.ts'),
  groups: () => import('./groups.ts'),
  grid: () => import('./grid.ts'),
  memory: () => import('./memory.ts'),
  buildings: () => import('./buildings.ts'),
  'first-frame': () => import('./first-frame.ts'),
  'live-wall': () => import('./live-wall.ts'),
};

/** Several of these as one line, by name only. */
const together: typeof benches = {
  client: () => import('./client.ts'),
};

/** Runs that take an hour or more at their full length: `npm run bench -- long`, or by name. */
const longBenches: typeof benches = {
  fuzz: () => import('./fuzz.ts'),
  flap: () => import('./flap.ts'),
  kill9: () => import('./kill9.ts'),
  soak: () => import('./soak.ts'),
  leaks: () => import('./leaks.ts'),
  'wall-hour': () => import('./wall-hour.ts'),
};
const all = { ...benches, ...together, ...longBenches };
const LONG = 'long';

interface Asked {
  readonly names: readonly string[];
  readonly options: BenchOptions;
  readonly isJson: boolean;
}

/** What is asked for, or the words that say nothing. */
function read(given: readonly string[]): Asked | { readonly unknown: readonly string[] } {
  const args = joined(given);
  const flags = args.filter((arg) => arg.startsWith('-'));
  const names = args.filter((arg) => !arg.startsWith('-'));
  const minutes = flags
    .map((flag) => /^--minutes=([\d.]+)$/.exec(flag)?.[1])
    .find((text) => text !== undefined);
  const loops = flags.map((flag) => /^--loops=(\d+)$/.exec(flag)?.[1]).find((text) => text !== undefined);
  const unknown = [
    ...flags.filter((flag) => !/^--(json|long|minutes=[\d.]+|loops=\d+)$/.test(flag)),
    ...names.filter((name) => name !== LONG && !Object.hasOwn(all, name)),
  ];
  if (unknown.length > 0) return { unknown };
  const isLong = names.includes(LONG);
  const options: BenchOptions = {
    json: flags.includes('--json') || isLong,
    long: flags.includes('--long') || isLong,
    ...(minutes === undefined ? {} : { minutes: Number(minutes) }),
    ...(loops === undefined ? {} : { loops: Number(loops) }),
    say: (line) => void process.stderr.write(`  … ${line}\n`),
  };
  const named = names.filter((name) => name !== LONG);
  const usual = Object.keys(isLong ? longBenches : benches);
  return { names: named.length > 0 ? named : usual, options, isJson: options.json };
}

/** A number may stand behind its flag as well: `--loops 100`. */
function joined(args: readonly string[]): string[] {
  const found: string[] = [];
  for (const arg of args) {
    const last = found.at(-1) ?? '';
    if (/^--(minutes|loops)$/.test(last)) found[found.length - 1] = `${last}=${arg}`;
    else found.push(arg);
  }
  return found;
}

async function main(args: readonly string[]): Promise<number> {
  const asked = read(args);
  if ('unknown' in asked) {
    process.stderr.write(
      `unknown: ${asked.unknown.join(', ')}. Benches: ${Object.keys(all).join(', ')}, ${LONG}; ` +
        'flags: --json, --long, --minutes=<number>, --loops=<number>\n',
    );
    return 2;
  }
  let isMet = true;
  for (const name of asked.names) {
    const bench = await all[name]?.();
    if (!bench) continue;
    const result = await bench.run(asked.options);
    process.stdout.write(`${asked.isJson ? jsonLine(result) : readable(result)}\n`);
    isMet &&= result.ok && result.valid;
  }
  return isMet ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
