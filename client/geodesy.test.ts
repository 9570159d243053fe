import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { LonLat } from '../contracts/column.ts';
import {
  areaM2,
  distanceM,
  distanceToLineM,
  isInside,
  lengthM,
  ringAround,
  samplesAlong,
} from './geodesy.ts';

describe('distance', () => {
  test.each<[string, LonLat, LonLat, number]>([
    // Vincenty's own example: Flinders Peak to Buninyong on GRS-80, 54,972.271 m.
    [
      'Flinders Peak to Buninyong',
      [144.424_867_889, -37.951_033_417],
      [143.926_495_528, -37.652_821_139],
      54_972.271,
    ],
    ['one degree of the equator', [0, 0], [1, 0], 111_319.491],
    ['one degree of the meridian from the equator', [0, 0], [0, 1], 110_574.389],
  ])('%s', (_name, from, to, metres) => expect(distanceM(from, to)).toBeCloseTo(metres, 2));

  it('is nothing between a point and itself, and something on the other side of the globe', () => {
    expect(distanceM([105.8, 32.4], [105.8, 32.4])).toBe(0);
    expect(distanceM([0, 0], [179.9, 0.1])).toBeGreaterThan(19_900_000);
  });

  it('is the same both ways and never longer than a way round', () => {
    const place = fc.tuple(
      fc.double({ min: 104, max: 107, noNaN: true }),
      fc.double({ min: 31, max: 33, noNaN: true }),
    );
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 6);
        expect(distanceM(a, c)).toBeLessThanOrEqual(distanceM(a, b) + distanceM(b, c) + 1e-6);
      }),
    );
  });
});

describe('area', () => {
  it('is the whole ellipsoid in eight quarters', () => {
    const octant: LonLat[] = [
      [0, 0],
      [90, 0],
      [90, 90],
      [0, 90],
    ];
    expect((areaM2(octant) * 8) / 510_065_621_724_089).toBeCloseTo(1, 9);
  });

  it('does not depend on where the ring begins, its turn, or the closing point', () => {
    const ring: LonLat[] = [
      [105.7, 32.3],
      [105.95, 32.35],
      [105.9, 32.55],
      [105.72, 32.5],
    ];
    const size = areaM2(ring);
    expect(areaM2([...ring].reverse())).toBeCloseTo(size, 3);
    expect(areaM2([...ring.slice(2), ...ring.slice(0, 2)])).toBeCloseTo(size, 3);
    expect(areaM2([...ring, ring[0] as LonLat])).toBeCloseTo(size, 3);
  });

  it('of a small square is the product of its sides', () => {
    const ring: LonLat[] = [
      [105.8, 32.4],
      [105.81, 32.4],
      [105.81, 32.41],
      [105.8, 32.41],
    ];
    const sides =
      ((distanceM([105.8, 32.4], [105.81, 32.4]) + distanceM([105.8, 32.41], [105.81, 32.41])) / 2) *
      distanceM([105.8, 32.4], [105.8, 32.41]);
    expect(areaM2(ring) / sides).toBeCloseTo(1, 6);
  });
});

describe('lines', () => {
  const line: LonLat[] = [
    [105.8, 32.4],
    [105.9, 32.4],
    [105.9, 32.5],
  ];
  it('are sampled evenly with both ends', () => {
    const samples = samplesAlong(line, 5);
    expect(samples[0]?.at).toEqual(line[0]);
    expect(samples[4]?.at[1]).toBeCloseTo(32.5, 9);
    expect(samples[2]?.alongM).toBeCloseTo(lengthM(line) / 2, 6);
    const steps = samples.slice(1).map(({ alongM }, index) => alongM - (samples[index]?.alongM ?? 0));
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-6);
  });
  it('are met at their nearest point, not at their corners', () => {
    expect(distanceToLineM([105.85, 32.41], line)).toBeCloseTo(
      distanceM([105.85, 32.4], [105.85, 32.41]),
      -1,
    );
  });
});

it('knows inside from outside, holes included', () => {
  const square: LonLat[] = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
  ];
  const hole: LonLat[] = [
    [1, 1],
    [2, 1],
    [2, 2],
    [1, 2],
  ];
  expect(isInside([3, 3], [square, hole])).toBe(true);
  expect(isInside([1.5, 1.5], [square, hole])).toBe(false);
  expect(isInside([5, 1], [square])).toBe(false);
});

it('lays a circle around a place', () => {
  const ring = ringAround([105.84, 32.44], 5000);
  for (const corner of ring) expect(Math.abs(distanceM([105.84, 32.44], corner) - 5000)).toBeLessThan(25);
  expect(areaM2(ring) / (Math.PI * 5000 ** 2)).toBeCloseTo(0.984, 2);
});
