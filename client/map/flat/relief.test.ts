import { expect, test } from 'vitest';
import { light, night } from '../engine/theme.ts';
import { rampAt, shadeRelief } from './relief.ts';

const gridOf = (heightAt: (x: number, y: number) => number) => {
  const heights = new Float32Array(25);
  for (let at = 0; at < 25; at++) heights[at] = heightAt(at % 5, Math.floor(at / 5));
  return { bounds: [105, 32, 105.05, 32.05] as const, nx: 5, ny: 5, heights };
};
const brightness = (pixels: Uint8ClampedArray, at: number): number =>
  (pixels[at * 4] ?? 0) + (pixels[at * 4 + 1] ?? 0) + (pixels[at * 4 + 2] ?? 0);

test('flat ground has exactly the colour of its height', () => {
  for (const theme of [night, light]) {
    const pixels = shadeRelief(
      gridOf(() => 950),
      theme,
    );
    const expected = (theme.ramp[2]?.[1] ?? []).map((band) => Math.round(band * 255));
    expect([...pixels.slice(48, 51)]).toEqual(expected);
    expect(pixels[51]).toBe(255);
  }
});

test('a slope that faces the north-west light is brighter than one that turns away from it', () => {
  // Height rises to the south-east: the slope faces north-west.
  const facing = shadeRelief(
    gridOf((x, y) => 900 + (x + y) * 60),
    light,
  );
  const away = shadeRelief(
    gridOf((x, y) => 900 + (8 - x - y) * 60),
    light,
  );
  expect(brightness(facing, 12)).toBeGreaterThan(brightness(away, 12));
});

test('heights below and above the ramp take its ends', () => {
  const out: [number, number, number] = [0, 0, 0];
  rampAt(night.ramp, -50, out);
  expect(out).toEqual(night.ramp[0]?.[1]);
  rampAt(night.ramp, 9000, out);
  expect(out).toEqual(night.ramp.at(-1)?.[1]);
});
