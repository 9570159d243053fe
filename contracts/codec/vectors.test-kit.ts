// The test vectors of docs/frames.md. `vitest run contracts/decoder -u` writes them to docs/decoder/vectors.json.
import { number, oneOf, position, text, title } from '../declare.ts';
import { ObservationBatch, StreamEncoder } from '../frame.ts';
import { defineLayer } from '../layer.ts';
import { joinFrames } from '../packet.ts';
import { LayerTable } from '../table.ts';

const t = title('例', 'Example');

/** A small moving layer with the column types of most layers. */
export const exampleLayer = defineLayer({
  slug: 'example-bus',
  title: t,
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  moving: { freshS: 30 },
  periodS: 1,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(t),
    speedKmh: number(t, ['km/h', 0.5, 0, 150]),
    state: oneOf(t, { moving: t, stopped: t }),
    stop: text(t, 40),
  },
});

const columns = [
  { name: 'position', type: 'position' },
  { name: 'speedKmh', type: 'number', step: 0.5 },
  { name: 'state', type: 'enum', codes: ['moving', 'stopped'] },
  { name: 'stop', type: 'text' },
];

const START = 1_764_000_000_000;
const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export interface Vectors {
  readonly columns: readonly { name: string; type: string; step?: number; codes?: string[] }[];
  /** Frames in order, hex, each with the rows after it. */
  readonly frames: readonly { what: string; hex: string; rows: unknown[] }[];
  readonly batch: { hex: string; observations: unknown[] };
  readonly packet: { hex: string; tick: number; lengths: number[] };
}

export function makeVectors(): Vectors {
  const table = new LayerTable(exampleLayer);
  const stream = { world: 'demo', label: 'public', rateS: 1, cells: ['510802'], cellOf: () => 0 } as const;
  const encoder = new StreamEncoder(table, stream);
  const batch = new ObservationBatch(exampleLayer);
  const frames: { what: string; hex: string; rows: unknown[] }[] = [];
  const step = (tick: number, what: string): void => {
    for (const row of table.rows()) batch.append(row);
    encoder.note();
    table.clearChanges();
    for (const { bytes } of encoder.encode(tick, START + tick * 1000)) {
      frames.push({ what, hex: hex(bytes), rows: [...table.rows()] });
    }
  };
  for (const [key, lon] of [
    ['bus:1', 105.8],
    ['bus:12', 105.9],
  ] as const) {
    const values = { position: [lon, 32.4], speedKmh: 30, state: 'moving', stop: '东坝' } as const;
    table.put({ key, validAt: START, source: 'gtfs', regionCode: '510802', values });
  }
  step(1, 'delta from nothing: two rows put');
  for (let tick = 2; tick <= 4; tick++) {
    const validAt = START + (tick - 1) * 1000;
    table.patch(table.slotOf('bus:1'), { validAt, values: { position: [105.8 + (tick - 1) * 1e-4, 32.4] } });
    if (tick === 3)
      table.patch(table.slotOf('bus:12'), { validAt, values: { speedKmh: null, state: 'stopped' } });
    step(tick, `delta: ${tick === 3 ? 'both rows change' : 'one row moves'}`);
  }
  frames.push({
    what: 'key: the same state',
    hex: hex(encoder.key(0, 4, START + 4000)),
    rows: [...table.rows()],
  });
  table.remove(table.slotOf('bus:12'), 'expired');
  const values = { position: null, speedKmh: 12.5, state: null, stop: '南河' };
  table.put({
    key: 'bus:2',
    validAt: START + 4500,
    source: 'gtfs',
    quality: 'suspect',
    synthetic: true,
    values,
  });
  step(5, 'delta: one row ends, one is put');
  const bytes = batch.encode({ world: 'demo', tick: 5, knownAt: START + 5000 });
  const observed = ObservationBatch.decode(exampleLayer, bytes);
  const last = frames.slice(-1).map((frame) => bytesOf(frame.hex));
  return {
    columns,
    frames,
    batch: {
      hex: hex(bytes),
      observations: Array.from({ length: observed.count }, (_, i) => observed.row(i)),
    },
    packet: { hex: hex(joinFrames(5, last)), tick: 5, lengths: last.map(({ length }) => length) },
  };
}
