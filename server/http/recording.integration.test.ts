// A recording over HTTP: read back it shows what a live screen showed; thinned, cut off, refused and given up as it should be.
import { inflateRawSync } from 'node:zlib';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamedColumns } from '../../contracts/codec/layout.ts';
import { FrameReceiver, decodeHeader } from '../../contracts/frame.ts';
import { layerOfDeclared } from '../../contracts/layer-schema.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { RecordedStretch, RecordingEnd, RecordingHead } from '../../contracts/recording.ts';
import { RecordingReader } from '../../contracts/recording.ts';
import { splitStretch } from '../../contracts/stretch.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { allow } from '../access/allow.ts';
import { TrialClient, until } from '../main/trial-client.ts';
import type { Trial } from '../main/trial-server.ts';
import { TRIAL_START, driveFeed, startTrial } from '../main/trial-server.ts';

const layers: readonly Layer[] = [vehiclePosition, warning];
const feed = driveFeed('driven', layers);
const SECOND = 1000;
const at = (second: number): number => TRIAL_START + second * SECOND;
let trial: Trial;
let screen: TrialClient;
/** What a live screen showed at the end of each second. */
const live = new Map<number, readonly string[]>();

function rowsOf(table: LayerTable): string[] {
  const names = streamedColumns(table.layer.columns, 'sensitive');
  return [...table.rows()]
    .map((row) => {
      const values = row.values as Readonly<Record<string, unknown>>;
      return JSON.stringify({ ...row, values: names.map((name) => values[name] ?? null) });
    })
    .sort();
}
const told = (tables: (slug: string) => LayerTable): string[] =>
  layers.flatMap(({ slug }) => rowsOf(tables(slug)));

function act(second: number): void {
  const { sink } = feed.context();
  const validAt = trial.clock.now();
  for (let id = second % 4; id < 16; id += 4) {
    const position = [
      84 + ((id * 37 + second) % 400) / 1000,
      41 + ((id * 53 + second) % 300) / 1000,
    ] as const;
    sink.put(vehiclePosition, { id: `v${id}`, validAt, values: { position, speedKmh: (id + second) % 90 } });
  }
  if (second % 17 === 0) sink.remove(vehiclePosition, `v${second % 16}`, 'gone', validAt);
  if (second % 100 === 20) {
    const values = { title: `预警 ${second}`, severity: 'red', status: 'actual' } as const;
    sink.put(warning, { id: `w${second}`, validAt, values });
  }
}

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed] });
  screen = new TrialClient({ io, url: trial.server.url, layers });
  await screen.connect();
  await screen.subscribe();
  for (let second = 0; second < 400; second += 1) {
    act(second);
    trial.clock.advance(SECOND);
    const { tick } = trial.server.world;
    await until(() => screen.lastTick >= tick || screen.fault !== null, `tick ${tick}`);
    live.set(
      trial.clock.now(),
      told((slug) => screen.table(layers.find((layer) => layer.slug === slug) as Layer)),
    );
  }
});
afterAll(async () => {
  screen.close();
  await trial.server.stop();
});

interface Opened {
  readonly head: RecordingHead;
  readonly stretches: readonly RecordedStretch[];
  readonly end: RecordingEnd;
}

function open(bytes: Uint8Array): Opened {
  const reader = new RecordingReader();
  const parts = [...reader.push(bytes)];
  reader.end();
  const [head] = parts.flatMap((part) => (part.kind === 'head' ? [part.head] : []));
  const [end] = parts.flatMap((part) => (part.kind === 'end' ? [part.end] : []));
  const stretches = parts.flatMap((part) => (part.kind === 'stretch' ? [part.stretch] : []));
  return { head: head as RecordingHead, stretches, end: end as RecordingEnd };
}

async function save(query: string): Promise<Opened> {
  const answer = await trial.get(`/api/history/recording?${query}`);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return open(new Uint8Array(await answer.arrayBuffer()));
}

/** Goes through some of the stretches, by the declarations of the file alone. */
function watch(
  { head, stretches }: Opened,
  first: number,
  seen: (moment: number, rows: string[]) => void,
): void {
  const receivers = new Map(
    head.layers.map((declared) => [declared.slug, new FrameReceiver(layerOfDeclared(declared), head.label)]),
  );
  for (const { packed } of stretches.slice(first)) {
    const body = packed[0] === 1 ? inflateRawSync(packed.subarray(1)) : packed.subarray(1);
    for (const { at: moment, frames } of splitStretch(body).states) {
      for (const frame of frames) receivers.get(decodeHeader(frame).layer)?.apply(frame);
      const table = (slug: string): LayerTable => (receivers.get(slug) as FrameReceiver).table;
      seen(moment, told(table));
    }
  }
}

test('from its beginning and from every place where it can begin, each second is what a live screen showed', async () => {
  const saved = await save(`from=${at(10)}&to=${at(380)}&layers=vehicle-position,warning`);
  expect(saved.head).toMatchObject({ from: at(10), to: at(380), isDemo: true, city: { id: 'testville' } });
  expect(saved.end).toMatchObject({ to: at(380), reason: 'whole' });
  const begins = saved.stretches.flatMap(({ isWhole }, index) => (isWhole ? [index] : []));
  expect(begins.length).toBeGreaterThan(1);
  for (const first of begins) {
    let count = 0;
    watch(saved, first, (moment, rows) => {
      count += 1;
      expect([moment, rows]).toEqual([moment, live.get(moment)]);
    });
    expect(count).toBeGreaterThan((at(380) - (saved.stretches[first]?.from ?? 0)) / SECOND);
  }
});

test('all layers by default, thinned by a step, and cut to what is kept', async () => {
  const saved = await save(`from=${at(-3600)}&to=${at(380)}&stepMs=10000`);
  expect(saved.head.layers.length).toBe(trial.server.world.layers.size);
  expect(saved.head.from).toBeGreaterThanOrEqual(at(0));
  const states = saved.stretches.reduce((sum, { states: count }) => sum + count, 0);
  expect(states).toBeLessThan(60);
  watch(saved, 0, (moment, rows) => {
    if (moment > saved.head.from) expect([moment, rows]).toEqual([moment, live.get(moment)]);
  });
});

test('a file that was given up half-way is no trouble for the server, and the next one is made', async () => {
  for (let turn = 0; turn < 3; turn += 1) {
    const leaving = new AbortController();
    const answer = await fetch(`${trial.server.url}/api/history/recording?from=${at(0)}&to=${at(380)}`, {
      signal: leaving.signal,
    });
    const first = await answer.body?.getReader().read();
    expect(first?.value?.length).toBeGreaterThan(100);
    leaving.abort();
  }
  await until(async () => {
    const answer = await trial.get(`/api/history/recording?from=${at(300)}&to=${at(305)}`);
    await answer.arrayBuffer();
    return answer.status === 200;
  }, 'a recording after those that were given up');
});

test('questions that make no sense are told what is wrong with them', async () => {
  const now = trial.clock.now();
  await expect(save(`from=${now + 5000}&to=${now + 9000}`)).rejects.toThrow(/400.*still to come/);
  await expect(save(`from=${at(20)}&to=${at(10)}`)).rejects.toThrow(/400.*forward/);
  await expect(save(`from=${at(-9000)}&to=${at(-8000)}`)).rejects.toThrow(/404.*what is kept begins/);
  await expect(save(`from=${at(10)}&to=${at(20)}&layers=warnings`)).rejects.toThrow(/404.*warning/);
  await expect(save(`from=${at(10)}&to=${at(20)}&stepMs=1e9`)).rejects.toThrow(/400/);
});

test('layers the subject may not read are named and not in the file', async () => {
  const closed = await startTrial({
    feeds: [driveFeed('driven', layers)],
    allow: (subject, action, object) =>
      !(object.kind === 'layer' && object.id === 'warning') && allow(subject, action, object),
  });
  closed.clock.advance(5 * SECOND);
  const moment = closed.clock.now();
  const answer = await closed.get(`/api/history/recording?from=${moment - 2000}&to=${moment}`);
  const { head } = open(new Uint8Array(await answer.arrayBuffer()));
  expect(head.refused).toEqual(['warning']);
  expect(head.layers.map(({ slug }) => slug)).not.toContain('warning');
  await closed.server.stop();
});
