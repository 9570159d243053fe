import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EARTH_RADIUS_M } from '../geo/enu.ts';
import { nearest, type Sight } from './nearest.ts';
import { NO_FORM, RECORD_BYTES, RECORD_FLOATS } from './record.ts';

/** Looks down from 100 km at 45°, 60° wide, on a picture of 800 × 400 pixels. */
const sight: Sight = {
  rows: {
    x: [1, 0, 0, 0],
    y: [0, 2 * Math.SQRT1_2, 2 * Math.SQRT1_2, 0],
    w: [0, Math.SQRT1_2, -Math.SQRT1_2, 100_000],
  },
  viewport: { width: 800, height: 400 },
  exaggeration: 2,
  nowS: 20,
};

interface Thing {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly heightM: number;
  readonly form: number;
  readonly tint: number;
}

const metres = fc.integer({ min: -90_000, max: 90_000 });
const thing = fc.record<Thing>({
  from: fc.tuple(metres, metres),
  to: fc.tuple(metres, metres),
  heightM: fc.nat(4000),
  form: fc.constantFrom(1, 2, NO_FORM),
  tint: fc.constantFrom(0, 6),
});

function recordsOf(things: readonly Thing[]) {
  const bytes = new Uint8Array(things.length * RECORD_BYTES);
  const floats = new Float32Array(bytes.buffer);
  for (const [slot, { from, to, heightM, form, tint }] of things.entries()) {
    floats.set([...from, ...to, 10, 40, heightM], slot * RECORD_FLOATS);
    bytes.set([form, tint], slot * RECORD_BYTES + 32);
  }
  return { floats, bytes, highWater: things.length };
}

/** Where a thing is drawn at 20 s, a quarter along its leg; null: not at all. */
function drawnAt({ from, to, heightM, form }: Thing): readonly [number, number] | null {
  if (form === NO_FORM) return null;
  const east = from[0] + (to[0] - from[0]) / 4;
  const north = from[1] + (to[1] - from[1]) / 4;
  const raised = heightM * sight.exaggeration;
  const tilt = 1 + raised / EARTH_RADIUS_M;
  const point = [east * tilt, north * tilt, raised - (east ** 2 + north ** 2) / (2 * EARTH_RADIUS_M), 1];
  const [x = 0, y = 0, w = 0] = [sight.rows.x, sight.rows.y, sight.rows.w].map((row) =>
    row.reduce((sum, part, index) => sum + part * (point[index] ?? 0), 0),
  );
  return w <= 0 ? null : [(x / w + 1) * 400, (1 - y / w) * 200];
}

it('finds what a search over all that is drawn finds', () => {
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 60 }), fc.nat(800), fc.nat(400), fc.boolean(), (...given) => {
      const [things, x, y, calmHidden] = given;
      let least = 40;
      let best = -1;
      for (const [slot, one] of things.entries()) {
        const at = calmHidden && one.tint === 0 ? null : drawnAt(one);
        const distance = at ? Math.hypot(at[0] - x, at[1] - y) : Infinity;
        if (distance < least) [least, best] = [distance, slot];
      }
      const found = nearest(recordsOf(things), sight, { x, y, px: 40, calmHidden });
      expect(found?.distance ?? -1).toBeCloseTo(best < 0 ? -1 : least, 1);
    }),
    { numRuns: 400 },
  );
});

it('finds nothing behind the camera', () => {
  const behind = { from: [0, -300_000], to: [0, -300_000], heightM: 0, form: 1, tint: 0 } as const;
  expect(nearest(recordsOf([behind]), sight, { x: 400, y: 200, px: 1e6, calmHidden: false })).toBeNull();
});
