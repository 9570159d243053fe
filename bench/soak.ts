// A whole server with the simulated city for as long as asked (a day of the wall clock at 24 × is an hour): does it go on,
// does its clock, and does its memory stay where it was. One screen listens; figures come from /health and the process.
import { readFileSync } from 'node:fs';
import { loadLayers } from '../server/kit/load-folder.ts';
import { fileURLToPath } from 'node:url';
import { RunningCity } from '../e2e/kit/processes.ts';
import { CountingScreen } from './city-bytes.ts';
import { median, sleep } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, exactly, reported, result } from './result.ts';

const SHORT_MIN = 3;
const LONG_MIN = 60;
const SAMPLE_S = 5;
/** The first third is warming up: caches fill, the compiler settles. */
const WARM_SHARE = 1 / 3;
/** Growth of the middle of the last samples over that after warming up. */
const MAX_GROWTH_MB = 64;
const EDGE_SAMPLES = 6;

interface Sample {
  readonly rssMb: number;
  readonly tick: number;
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const minutes = options.minutes ?? (options.long ? LONG_MIN : SHORT_MIN);
  const layers = await loadLayers(fileURLToPath(new URL('../contracts/layers/', import.meta.url)));
  const city = await RunningCity.start({ scale: 1 });
  const samples: Sample[] = [];
  let silences = 0;
  try {
    const screen = new CountingScreen(city.url, layers);
    for (let passed = 0; passed < minutes * 60; passed += SAMPLE_S) {
      await sleep(SAMPLE_S * 1000);
      const sample = { rssMb: rssMbOf(city.serverPid), tick: screen.lastTick };
      if (sample.tick <= (samples.at(-1)?.tick ?? -1)) silences += 1;
      samples.push(sample);
      if (samples.length % 12 === 0)
        options.say(`${Math.round(passed / 60)} min: tick ${sample.tick}, ${sample.rssMb.toFixed(0)} MB`);
    }
    screen.close();
  } finally {
    await city.stop();
  }
  const settled = samples.slice(Math.floor(samples.length * WARM_SHARE));
  const growth = middle(settled.slice(-EDGE_SAMPLES)) - middle(settled.slice(0, EDGE_SAMPLES));
  return result({
    name: 'soak',
    value: growth,
    unit: 'MB grown after warming up',
    target: atMost(MAX_GROWTH_MB),
    valid: settled.length >= 2 * EDGE_SAMPLES,
    checks: [
      check(`times of ${SAMPLE_S} s without a new tick`, [silences, 'times'], exactly(0)),
      reported('memory at the end', [middle(settled.slice(-EDGE_SAMPLES)), 'MB']),
      reported('minutes', [minutes, 'min']),
    ],
  });
}

const middle = (samples: readonly Sample[]): number => median(samples.map(({ rssMb }) => rssMb));

/** Resident memory of another process; Linux only. @throws Error when the process is gone */
function rssMbOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error(`process ${pid} says no memory: it has ended`);
  return Number(kilobytes) / 1024;
}
