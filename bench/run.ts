// npm run bench -- [name] [--json] [--long]: one bench, or all short ones. Exit code 1: a target missed; 2: wrong use.
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
  'moving-layer': () => import('./moving-layer.ts'),
  labels: () => import('./labels.ts'),
};

/** Hours of running: kept for the soak, flap and kill runs. */
const RESERVED = 'long';

async function main(args: readonly string[]): Promise<number> {
  const flags = args.filter((arg) => arg.startsWith('-'));
  const names = args.filter((arg) => !arg.startsWith('-'));
  if (names.includes(RESERVED)) {
    process.stderr.write('long: there are no hour-long runs yet; --long runs a bench for its full time\n');
    return 2;
  }
  const unknown = [
    ...flags.filter((flag) => flag !== '--json' && flag !== '--long'),
    ...names.filter((name) => !Object.hasOwn(benches, name)),
  ];
  if (unknown.length > 0) {
    process.stderr.write(
      `unknown: ${unknown.join(', ')}. Benches: ${Object.keys(benches).join(', ')}; flags: --json, --long\n`,
    );
    return 2;
  }
  const isJson = flags.includes('--json');
  const options: BenchOptions = {
    json: isJson,
    long: flags.includes('--long'),
    say: (line) => void process.stderr.write(`  … ${line}\n`),
  };
  let isMet = true;
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    const bench = await benches[name]?.();
    if (!bench) continue;
    const result = await bench.run(options);
    process.stdout.write(`${isJson ? jsonLine(result) : readable(result)}\n`);
    isMet &&= result.ok && result.valid;
  }
  return isMet ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
