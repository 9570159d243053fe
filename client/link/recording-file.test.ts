// A recording played from its file: any moment, forward and back, of an earlier build, cut off, or of no recording at all.
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { number, oneOf, position, text, title } from '../../contracts/declare.ts';
import { FrameReceiver, StreamEncoder, decodeHeader } from '../../contracts/frame.ts';
import { declaredLayer } from '../../contracts/layer-schema.ts';
import { defineLayer, type Layer } from '../../contracts/layer.ts';
import { endPart, startRecording, stretchPart } from '../../contracts/recording.ts';
import { joinStretch, type StretchState } from '../../contracts/stretch.ts';
import { LayerTable } from '../../contracts/table.ts';
import { inflateWithin } from './inflate-within.ts';
import { RecordingFile } from './recording-file.ts';

const FROM = 1_784_000_000_000;
const SECONDS = 200;
const PART_S = 20;
const KEY_S = 60;
const word = title('例', 'Example');
const facts = { title: word, topic: 'emergency', kind: 'table', time: 'observed', periodS: 60, expireS: null, retention: 'state' } as const; // prettier-ignore

const gauge = defineLayer({
  ...{ ...facts, slug: 'gauge' },
  columns: { position: position(), levelM: number(word, ['m', 0.1, 0, 1000]), owner: text(word, 40) },
});
const gaugeToday = defineLayer({
  ...{ ...facts, slug: 'gauge' },
  columns: {
    levelM: number(word, ['m', 0.01, -10, 1000]),
    position: position(),
    state: oneOf(word, { on: word }),
  },
});
const post = defineLayer({ ...{ ...facts, slug: 'post' }, columns: { position: position(), likes: number(word, ['count', 1, 0, 1e6]) } }); // prettier-ignore
const stream = { world: 'live', label: 'internal', rateS: 1, cells: [''], cellOf: () => 0 } as const;

const rowsOf = (table: LayerTable): string[] =>
  [...table.rows()].map(({ key, values }) => JSON.stringify([key, Object.entries(values).sort()])).sort();

/** A file of two layers, and what they held at the end of each second. */
function record(): { bytes: Uint8Array<ArrayBuffer>; truth: Map<number, LayerTable[]> } {
  const tables = [gauge, post].map((layer) => new LayerTable(layer as Layer));
  const encoders = tables.map((table) => new StreamEncoder(table, stream));
  const truth = new Map<number, LayerTable[]>();
  const parts = [
    startRecording({
      ...{
        build: '0.9',
        madeAt: FROM + 1e6,
        world: { id: 'live', kind: 'live', parent: null },
        label: 'internal',
      },
      city: { id: 'elsewhere', title: word, timeZone: 'Asia/Shanghai', bounds: [105, 32, 106, 33] },
      ...{ from: FROM, to: FROM + SECONDS * 1000, stepMs: 0, refused: [], isDemo: true },
      layers: tables.map(({ layer }) => declaredLayer(layer)),
    }),
  ];
  let [stretches, begun] = [0, FROM];
  let states: StretchState[] = [];
  const close = (to: number, isWhole: boolean): void => {
    const head = {
      from: begun,
      to,
      isWhole,
      stepMs: 0,
      absent: to < FROM + 50_000 ? ['post'] : [],
      refused: [],
    };
    const small = deflateSync(joinStretch({ head, states }));
    const packed = new Uint8Array([1, ...small]);
    parts.push(stretchPart({ from: begun, to, isWhole, states: states.length, packed }));
    stretches += 1;
    begun = to;
    states = [];
  };
  for (let second = 0; second <= SECONDS; second += 1) {
    const at = FROM + second * 1000;
    for (const [index, table] of tables.entries()) {
      const key = `k${(second * (3 + index)) % 11}`;
      const slot = table.slotOf(key);
      if (second % 7 === 6 && slot >= 0) table.remove(slot, 'gone');
      else
        table.put({
          ...{ key, validAt: at, source: 'x' },
          values: {
            position: [105.5, 32.5],
            ...(index === 0 ? { levelM: second, owner: 'a' } : { likes: second }),
          },
        } as never);
    }
    const frames = encoders.flatMap((encoder, index) => {
      encoder.note();
      tables[index]?.clearChanges();
      return encoder.encode(second + 1, at).map(({ bytes }) => bytes);
    });
    if (second > 0) states.push({ at, frames });
    if (second > 0 && second % PART_S === 0) close(at, false);
    if (second % KEY_S === 0 && second < SECONDS) {
      states = [{ at, frames: encoders.map((encoder) => encoder.key(0, second + 1, at)) }];
      close(at, true);
    }
    truth.set(at, tables.map(copyOf));
  }
  parts.push(endPart({ to: FROM + SECONDS * 1000, stretches, reason: 'whole' }));
  return { bytes: new Uint8Array(parts.flatMap((part) => [...part])), truth };
}

function copyOf(table: LayerTable): LayerTable {
  const copy = new LayerTable(table.layer);
  for (const row of table.rows()) copy.put(row);
  return copy;
}

const { bytes, truth } = record();
const catalogOf = (...layers: readonly unknown[]): Map<string, Layer> =>
  new Map((layers as Layer[]).map((layer) => [layer.slug, layer]));
const opening = (catalog: Map<string, Layer>) => ({ catalog, signal: new AbortController().signal, progress: () => undefined }); // prettier-ignore
const fileOf = (content: Uint8Array<ArrayBuffer>): File => new File([content], 'a.cockpit');
const never = new AbortController().signal;

/** A page that shows what it is told. */
class Page {
  readonly shown = new Map<string, FrameReceiver>();
  private readonly file: RecordingFile;
  private readonly catalog: ReadonlyMap<string, Layer>;

  constructor(file: RecordingFile, catalog: ReadonlyMap<string, Layer>) {
    this.file = file;
    this.catalog = catalog;
  }

  async go(from: number, to: number, { stepMs = 0, isFresh = false } = {}): Promise<number[]> {
    const { head, states } = await this.file.ask({ from, to, stepMs, clock: 'known', isFresh }, never);
    if (head.isWhole) this.shown.clear();
    for (const frame of states.flatMap(({ frames }) => frames)) {
      const { layer } = decodeHeader(frame);
      const known = this.catalog.get(layer) as Layer;
      if (!this.shown.has(layer)) this.shown.set(layer, new FrameReceiver(known, 'internal'));
      this.shown.get(layer)?.apply(frame);
    }
    return states.map(({ at }) => at);
  }

  rows(slug: string): string[] {
    return rowsOf((this.shown.get(slug) as FrameReceiver).table);
  }
}

const then = (second: number, index: number): string[] =>
  rowsOf(truth.get(FROM + second * 1000)?.[index] as LayerTable);

describe('a recording of this build', () => {
  it('says what it is, and shows any moment, forward, back and on', async () => {
    const catalog = catalogOf(gauge, post);
    const file = await RecordingFile.open(fileOf(bytes), opening(catalog));
    expect(file.facts).toMatchObject({ name: 'a.cockpit', from: FROM, to: FROM + 200_000, fault: '', leftOut: [], changed: [], isDemo: true }); // prettier-ignore
    expect(Math.max(...file.facts.density)).toBe(1);
    const page = new Page(file, catalog);
    for (const second of [0, 59, 60, 61, 5, 143, 200, 120, 199]) {
      const at = FROM + second * 1000;
      await page.go(at, at, { isFresh: true });
      expect([second, page.rows('gauge'), page.rows('post')]).toEqual([
        second,
        then(second, 0),
        then(second, 1),
      ]);
    }
    await page.go(FROM + 10_000, FROM + 10_000, { isFresh: true });
    for (let second = 10; second < 190; second += 9) {
      await page.go(FROM + second * 1000, FROM + (second + 9) * 1000);
      expect([second, page.rows('gauge')]).toEqual([second, then(second + 9, 0)]);
    }
  });

  it('thinned says the state at the end of each step', async () => {
    const catalog = catalogOf(gauge, post);
    const page = new Page(await RecordingFile.open(fileOf(bytes), opening(catalog)), catalog);
    await page.go(FROM, FROM, { isFresh: true });
    const moments = await page.go(FROM, FROM + 180_000, { stepMs: 10_000 });
    expect(moments.length).toBe(18);
    expect(page.rows('gauge')).toEqual(then(180, 0));
  });
});

describe('a recording of another build', () => {
  it('is read by the names of the columns, and what nobody knows any more is left out by name', async () => {
    const catalog = catalogOf(gaugeToday);
    const file = await RecordingFile.open(fileOf(bytes), opening(catalog));
    expect(file.facts).toMatchObject({ leftOut: [word], changed: ['gauge'] });
    const page = new Page(file, catalog);
    for (const second of [30, 150, 70]) {
      const at = FROM + second * 1000;
      await page.go(at, at, { isFresh: true });
      await page.go(at, at + 15_000);
      const table = truth.get(at + 15_000)?.[0] as LayerTable;
      const expected = [...table.rows()]
        .map(({ key, values: { levelM, position: place } }) =>
          JSON.stringify([key, Object.entries({ levelM, position: place, state: null })]),
        ) // prettier-ignore
        .sort();
      expect(page.rows('gauge')).toEqual(expected);
      expect(page.shown.has('post')).toBe(false);
    }
  });
});

describe('a file that is not as it was', () => {
  it('opens what is whole of it, and says why it ends', async () => {
    const catalog = catalogOf(gauge, post);
    const cut = await RecordingFile.open(fileOf(bytes.slice(0, bytes.length - 400)), opening(catalog));
    expect(cut.facts.fault).toBe('recording/truncated');
    expect(cut.facts.to).toBeLessThan(FROM + 200_000);
    const page = new Page(cut, catalog);
    await page.go(cut.facts.to, cut.facts.to, { isFresh: true });
    expect(page.rows('gauge')).toEqual(then((cut.facts.to - FROM) / 1000, 0));
    const broken = bytes.slice();
    broken[bytes.length - 300] = (broken[bytes.length - 300] as number) ^ 255;
    expect((await RecordingFile.open(fileOf(broken), opening(catalog))).facts.fault).toBe(
      'recording/damaged',
    );
  });

  it('that is none, or newer, or holds nothing whole, is refused with the reason', async () => {
    const refused = (content: Uint8Array<ArrayBuffer>): Promise<unknown> =>
      RecordingFile.open(fileOf(content), opening(catalogOf(gauge)));
    await expect(refused(new TextEncoder().encode('lon,lat\n1,2\n'))).rejects.toThrow(/recording\/foreign/);
    await expect(refused(bytes.slice(0, 600))).rejects.toThrow(/recording\/truncated/);
    const newer = bytes.slice();
    newer[8] = 7;
    await expect(refused(newer)).rejects.toThrow(/version 7.*recording\/version/);
  });
});

it('what unpacks to more than it may is refused before it is held', () => {
  const bomb = deflateSync(new Uint8Array(4_000_000));
  expect(() => inflateWithin(bomb, 1_000_000)).toThrow(/recording\/damaged/);
  expect(inflateWithin(bomb, 5_000_000).length).toBe(4_000_000);
  expect(() => inflateWithin(bomb.subarray(0, 50), 5_000_000)).toThrow(/recording\/damaged/);
});
