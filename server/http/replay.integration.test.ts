// Replay over HTTP: what a screen of the past holds is what a screen of the present held then; nobody live notices.
import { inflateRawSync } from 'node:zlib';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamedColumns } from '../../contracts/codec/layout.ts';
import { FrameReceiver, decodeHeader } from '../../contracts/frame.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { StretchHead } from '../../contracts/stretch.ts';
import { splitStretch } from '../../contracts/stretch.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { allow } from '../access/allow.ts';
import { TrialClient, until } from '../main/trial-client.ts';
import type { Trial } from '../main/trial-server.ts';
import { TRIAL_START, driveFeed, startTrial } from '../main/trial-server.ts';

const layers: readonly Layer[] = [vehiclePosition, warning];
const feed = driveFeed('driven', layers);
const SECOND = 1000;
let trial: Trial;
/** What a live screen showed at the end of each second. */
const live = new Map<number, readonly string[]>();
let screen: TrialClient;

function rowsOf(table: LayerTable): string[] {
  const names = streamedColumns(table.layer.columns, 'sensitive');
  return [...table.rows()]
    .map((row) => {
      const values = row.values as Readonly<Record<string, unknown>>;
      return JSON.stringify({ ...row, values: names.map((name) => values[name] ?? null) });
    })
    .sort();
}

const told = (tables: (layer: Layer) => LayerTable): string[] =>
  layers.flatMap((layer) => rowsOf(tables(layer)));

/** Vehicles come, go and drive; now and then a warning is issued or taken back. */
function act(second: number): void {
  const { sink } = feed.context();
  const validAt = trial.clock.now();
  for (let id = second % 3; id < 20; id += 3) {
    const position = [
      84 + ((id * 37 + second) % 400) / 1000,
      41 + ((id * 53 + second) % 300) / 1000,
    ] as const;
    const values = { position, speedKmh: (id * 7 + second) % 90, headingDeg: (id * 20 + second) % 360 };
    sink.put(vehiclePosition, { id: `v${id}`, validAt, values });
  }
  if (second % 17 === 0) sink.remove(vehiclePosition, `v${second % 20}`, 'gone', validAt);
  if (second % 50 === 20) {
    const values = { title: `预警 ${second}`, severity: 'red', status: 'actual' } as const;
    sink.put(warning, { id: `w${second % 3}`, validAt, values });
  }
}

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed] });
  screen = new TrialClient({ io, url: trial.server.url, layers });
  await screen.connect();
  await screen.subscribe();
  for (let second = 0; second < 420; second += 1) {
    act(second);
    trial.clock.advance(SECOND);
    const { tick } = trial.server.world;
    await until(() => screen.lastTick >= tick || screen.fault !== null, `tick ${tick}`);
    expect(screen.fault).toBeNull();
    live.set(
      trial.clock.now(),
      told((layer) => screen.table(layer)),
    );
  }
});
afterAll(async () => {
  screen.close();
  await trial.server.stop();
});

/** A screen that shows the past. */
class PastScreen {
  readonly #receivers = new Map(layers.map((layer) => [layer.slug, new FrameReceiver(layer, 'sensitive')]));
  readonly #reader: string;

  constructor(reader: string) {
    this.#reader = reader;
  }

  rows(): string[] {
    return told((layer) => (this.#receivers.get(layer.slug) as FrameReceiver).table);
  }

  async go(
    ask: { from: number; to: number; stepMs?: number; fresh?: boolean },
    seen: (at: number) => void = () => undefined,
  ): Promise<StretchHead> {
    const query = Object.entries({ reader: this.#reader, ...ask }).map(([name, value]) => `${name}=${value}`);
    const answer = await trial.get(`/api/history/replay?${query.join('&')}`);
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const body = bytes[0] === 1 ? inflateRawSync(bytes.subarray(1)) : bytes.subarray(1);
    const { head, states } = splitStretch(body);
    for (const { at, frames } of states) {
      for (const frame of frames) this.#receivers.get(decodeHeader(frame).layer)?.apply(frame);
      seen(at);
    }
    return head;
  }
}

const at = (second: number): number => TRIAL_START + second * SECOND;

test('a seek to any second shows what a live screen showed then', async () => {
  const past = new PastScreen('seeks-01');
  for (const second of [5, 33, 120, 299, 300, 301, 302, 350, 411, 17]) {
    await past.go({ from: at(second), to: at(second), fresh: true });
    expect([second, past.rows()]).toEqual([second, live.get(at(second))]);
  }
});

test('played on, each second is what it was, over the seam of two windows too', async () => {
  const past = new PastScreen('plays-01');
  await past.go({ from: at(200), to: at(200), fresh: true });
  let seen = 0;
  for (let second = 200; second < 400; second += 40) {
    await past.go({ from: at(second), to: at(second + 40) }, (moment) => {
      seen += 1;
      expect([moment, past.rows()]).toEqual([moment, live.get(moment)]);
    });
  }
  expect(seen).toBe(200);
});

test('thinned, each step ends as it was', async () => {
  const past = new PastScreen('thin-001');
  const moments: number[] = [];
  await past.go({ from: at(60), to: at(60), fresh: true });
  await past.go({ from: at(60), to: at(360), stepMs: 10_000 }, (moment) => {
    moments.push(moment);
    expect([moment, past.rows()]).toEqual([moment, live.get(moment)]);
  });
  expect(moments).toHaveLength(30);
});

test('two readers do not disturb each other, and a live screen does not notice either', async () => {
  const [one, other] = [new PastScreen('pair-one'), new PastScreen('pair-two')];
  const packets = screen.packets;
  await Promise.all([
    one.go({ from: at(100), to: at(100), fresh: true }),
    other.go({ from: at(250), to: at(250), fresh: true }),
  ]);
  await Promise.all([one.go({ from: at(100), to: at(160) }), other.go({ from: at(250), to: at(330) })]);
  expect([one.rows(), other.rows()]).toEqual([live.get(at(160)), live.get(at(330))]);
  expect([screen.packets, screen.skipped]).toEqual([packets, []]);
});

test('before the beginning every layer is named as not recorded', async () => {
  const past = new PastScreen('early-01');
  const { absent } = await past.go({ from: at(-600), to: at(-600), fresh: true });
  expect(absent).toEqual(expect.arrayContaining(['vehicle-position', 'warning']));
  expect(past.rows()).toEqual([]);
});

test('marks lead to the warnings in the order they became known', async () => {
  const answer = (await trial.json(`/api/history/marks?from=${at(0)}&to=${at(420)}`)) as {
    marks: { at: number; layer: string; title: string; severity: string }[];
  };
  const warnings = answer.marks.filter(({ layer }) => layer === 'warning');
  expect(warnings.map(({ title }) => title)).toEqual(['预警 20', '预警 70', '预警 120']);
  expect(warnings.map(({ at: moment }) => (moment - TRIAL_START) / SECOND)).toEqual([21, 71, 121]);
  expect(warnings[0]?.severity).toBe('red');
});

test('questions that make no sense are told what is wrong with them', async () => {
  const past = new PastScreen('wrong-01');
  const now = trial.clock.now();
  await expect(past.go({ from: now + 5000, to: now + 6000 })).rejects.toThrow(/still to come/);
  await expect(past.go({ from: now - 2000, to: now - 4000 })).rejects.toThrow(/forward/);
  await expect(past.go({ from: now - 7_200_000, to: now })).rejects.toThrow(/up to 20 minutes/);
  expect((await trial.get(`/api/history/replay?reader=x&from=1&to=1`)).status).toBe(400);
  expect((await trial.get(`/api/history/marks?from=0&to=${now}`)).status).toBe(400);
});

test('a layer this subject may not read is refused in the past too', async () => {
  const closed = await startTrial({
    feeds: [driveFeed('driven', layers)],
    allow: (subject, action, object) =>
      !(object.kind === 'layer' && object.id === 'warning') && allow(subject, action, object),
  });
  closed.clock.advance(5 * SECOND);
  const moment = closed.clock.now();
  const answer = await closed.get(`/api/history/replay?reader=closed-1&from=${moment}&to=${moment}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const { head, states } = splitStretch(
    bytes[0] === 1 ? inflateRawSync(bytes.subarray(1)) : bytes.subarray(1),
  );
  expect(head.refused).toEqual(['warning']);
  expect(states.flatMap(({ frames }) => frames.map((frame) => decodeHeader(frame).layer))).not.toContain(
    'warning',
  );
  await closed.server.stop();
});
