// What is near counts the same whether it is found by cells or by looking at every row.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticket } from '../../contracts/layers/ticket.ts';
import { LayerTable } from '../../contracts/table.ts';
import { metresBetween } from './areas.ts';
import { ANY, NONE } from './level.ts';
import { nearbyOf } from './nearby.ts';

const T0 = Date.UTC(2026, 6, 15, 4);
const MINUTE = 60_000;
const WITHIN = 30 * MINUTE;

const row = fc.record({
  lon: fc.double({ min: -1, max: 1, noNaN: true }),
  lat: fc.double({ min: -1, max: 1, noNaN: true }),
  agoMin: fc.integer({ min: 0, max: 45 }),
  hasPlace: fc.boolean(),
  gone: fc.boolean(),
});

test('rows within reach in place and time are found, wherever on the globe, after each change', () => {
  const anywhere = fc.record({
    rows: fc.array(row, { maxLength: 25 }),
    centre: fc.constantFrom([105.8, 32.4], [0, 0], [-70, -53], [20, 88.9], [179, 60]),
    spread: fc.constantFrom(0.005, 0.02, 0.2),
    withinM: fc.constantFrom(50, 300, 1000, 8000),
    atLeast: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(anywhere, ({ rows, centre, spread, withinM, atLeast }) => {
      const table = new LayerTable(ticket);
      const leaf = { kind: 'nearby', layer: 'ticket', where: [], withinM, within: WITHIN, atLeast, same: [] };
      const near = nearbyOf(leaf as never, { table, partner: table, fits: () => ANY });
      const put = (from: number, to: number): void =>
        rows.slice(from, to).forEach(({ lon, lat, agoMin, hasPlace, gone }, at) => {
          const [x, y] = [(centre[0] as number) + lon * spread, (centre[1] as number) + lat * spread];
          const slot = table.put({
            ...{ key: `t${from + at}`, validAt: T0 - agoMin * MINUTE, source: 'trial' },
            values: hasPlace ? { position: [x, y] } : {},
          });
          if (gone) table.remove(slot, 'gone');
        });
      const places = table.column('position');
      for (const [turn, [from, to]] of [
        [0, rows.length >> 1],
        [rows.length >> 1, rows.length],
      ].entries()) {
        put(from as number, to as number);
        for (let slot = 0; slot < table.highWater; slot += 1) {
          const isAsked = table.alive[slot] === 1 && !places.isNull(slot);
          if (!isAsked || (table.validAt[slot] as number) < T0 - WITHIN) continue;
          const at = { lon: places.lon(slot), lat: places.lat(slot) };
          const count = Array.from({ length: table.highWater }, (_, other) => other).filter(
            (other) =>
              table.alive[other] === 1 &&
              !places.isNull(other) &&
              (table.validAt[other] as number) >= T0 - WITHIN &&
              metresBetween(places.lon(other), places.lat(other), at) <= withinM,
          ).length;
          expect(near(slot, { at: T0, turn, held: 0 })).toBe(count >= atLeast ? ANY : NONE);
        }
      }
    }),
    { numRuns: 300 },
  );
});
