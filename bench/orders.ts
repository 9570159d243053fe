// Orders over HTTP on a whole server with a city in its tables: request → answer of what is durable then, the evidence pack
// of that moment included; and how long a situation report takes, to its Word and PDF.
import { rmSync } from 'node:fs';
import type { Order } from '../contracts/records/order.ts';
import type { Situation } from '../contracts/records/situation.ts';
import { vehiclePosition } from '../contracts/layers/vehicle-position.ts';
import { createSystemClock } from '../server/kit/clock.ts';
import { becomeDemo, driveFeed, startTrial } from '../server/main/trial-server.ts';
import type { Trial } from '../server/main/trial-server.ts';
import { isStarved, median, monotonicMs, percentile, watchUsage } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, reported, result } from './result.ts';

/** Rows in the tables: what every pack holds. */
const OBJECTS = 20_000;
const ORDERS = 60;
const LONG_ORDERS = 400;
const REPORTS = 5;

const feed = driveFeed('driven', [vehiclePosition]);

export async function run({ long, say }: BenchOptions): Promise<BenchResult> {
  const trial = await startTrial({ feeds: [feed], clock: createSystemClock() });
  try {
    return await measure(trial, long ? LONG_ORDERS : ORDERS, say);
  } finally {
    await trial.server.stop();
    rmSync(trial.dataDir, { recursive: true, force: true });
  }
}

async function measure(trial: Trial, orders: number, say: BenchOptions['say']): Promise<BenchResult> {
  fill();
  const used = watchUsage();
  say(`${orders} orders, each given with the evidence of ${OBJECTS} objects and acknowledged`);
  const incident = await incidentIn(trial);
  const [issued, acknowledged]: [number[], number[]] = [[], []];
  for (let at = 0; at < orders; at += 1) {
    const said = {
      action: `bench-give-${at}`,
      to: [{ unit: 'dept:emergency' }],
      text: `封闭第 ${at} 段`,
      incident,
    };
    const given = await timed(issued, () => post<{ orders: Order[] }>(trial, '/api/orders', said));
    const [order] = given.orders;
    const taken = { action: `bench-take-${at}`, seen: order?.seq };
    await timed(acknowledged, () => post(trial, `/api/orders/${order?.id ?? ''}/acknowledge`, taken));
  }
  say(`${REPORTS} situation reports of them`);
  const times = await reportsOf(trial, incident);
  return result({
    name: 'orders',
    value: percentile(acknowledged, 0.99),
    unit: 'ms, an order acknowledged, p99',
    target: atMost(20),
    valid: !isStarved(used()),
    checks: [
      reported('acknowledged, median', [median(acknowledged), 'ms']),
      check('given with its evidence, p99', [percentile(issued, 0.99), 'ms'], atMost(1000)),
      reported('given with its evidence, median', [median(issued), 'ms']),
      reported('a situation report counted and issued, median', [median(times.issued), 'ms']),
      check('the same as Word, median', [median(times.docx), 'ms'], atMost(3000)),
      check('the same as PDF, median', [median(times.pdf), 'ms'], atMost(3000)),
    ],
  });
}

/** A city's worth of rows: what every pack holds. */
function fill(): void {
  const { sink, clock } = feed.context();
  for (let at = 0; at < OBJECTS; at += 1) {
    const position = [84 + (at % 200) / 250, 41 + Math.floor(at / 200) / 150] as const;
    sink.put(vehiclePosition, {
      id: `v${at}`,
      validAt: clock.now(),
      values: { position, speedKmh: at % 90 },
    });
  }
}

async function timed<T>(times: number[], act: () => Promise<T>): Promise<T> {
  const began = monotonicMs();
  const answer = await act();
  times.push(monotonicMs() - began);
  return answer;
}

/** @throws Error naming what was refused */
async function post<T>({ server }: Trial, path: string, body: object): Promise<T> {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function incidentIn(trial: Trial): Promise<number> {
  const said = { action: 'bench-report', kind: 'flood', title: '江水漫堤' };
  const { incident } = await post<{ incident: { id: number; seq: number } }>(trial, '/api/incidents', said);
  await post(trial, `/api/incidents/${incident.id}/accept`, { action: 'bench-accept', seen: incident.seq });
  return incident.id;
}

async function reportsOf(
  trial: Trial,
  incident: number,
): Promise<Record<'issued' | 'docx' | 'pdf', number[]>> {
  const times = { issued: [] as number[], docx: [] as number[], pdf: [] as number[] };
  const cookie = await becomeDemo(trial, 'duty-chief');
  for (let at = 0; at < REPORTS; at += 1) {
    const kind = at === 0 ? 'special' : 'follow';
    const said = { action: `bench-issue-${at}`, incident, kind, text: '江水继续上涨。' };
    const report = await timed(times.issued, () => post<Situation>(trial, '/api/situations', said));
    for (const format of ['docx', 'pdf'] as const)
      await timed(times[format], async () => {
        const address = `${trial.server.url}/api/situations/${report.id}/file?format=${format}`;
        const answer = await fetch(address, { headers: { cookie } });
        if (!answer.ok) throw new Error(`${format}: ${answer.status} ${await answer.text()}`);
        await answer.arrayBuffer();
      });
  }
  return times;
}
