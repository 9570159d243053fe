// Colours of the map by theme. Night is the default; light is for the tablet by day and for paper.
import type { Tint } from '../../looks/sign.ts';
import { tintColours } from '../../looks/tint-colours.ts';

export type Rgb = readonly [number, number, number];

export interface Theme {
  readonly name: 'night' | 'light';
  readonly page: Rgb;
  readonly halo: Rgb;
  readonly ink: Rgb;
  /** Hypsometric stops [metres, colour], low to high; eight of them. */
  readonly ramp: readonly (readonly [number, Rgb])[];
  readonly tints: Readonly<Record<Tint, Rgb>>;
  /** `near` is for wide sheets close up, where the hue of a thin line would shout. */
  readonly water: { main: string; branch: string; near: string; casing: string };
  readonly road: { expressway: string; national: string; casing: string; rail: string };
  readonly boundary: { city: string; county: string };
  readonly text: { strong: string; plain: string; dim: string; water: string };
}

export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

const tintsOf = (theme: 'night' | 'light'): Theme['tints'] =>
  Object.fromEntries(
    Object.entries(tintColours).map(([tint, colours]) => [tint, rgb(colours[theme])]),
  ) as unknown as Theme['tints'];

const heights = [350, 600, 950, 1400, 1900, 2600, 3400, 3837];
const ramp = (colours: readonly string[]): (readonly [number, Rgb])[] =>
  colours.map((colour, index) => [heights[index] ?? 0, rgb(colour)]);

export const night: Theme = {
  name: 'night',
  page: rgb('#04080a'),
  halo: rgb('#04080a'),
  ink: rgb('#e9eeec'),
  ramp: ramp(['#10272a', '#143431', '#1a423b', '#235149', '#2e5c60', '#426b79', '#66899a', '#a9bfc8']),
  tints: tintsOf('night'),
  water: { main: '#3e93a6', branch: '#34798a', near: '#1f5664', casing: '#04080a' },
  road: { expressway: '#93a39f', national: '#6e7e7b', casing: '#04080a', rail: '#7f8e8b' },
  boundary: { city: '#dde6e2', county: '#8fa09d' },
  text: { strong: '#e9eeec', plain: '#b3bfbe', dim: '#869596', water: '#a6d8e4' },
};

export const light: Theme = {
  name: 'light',
  page: rgb('#f6f5f0'),
  halo: rgb('#ffffff'),
  ink: rgb('#16201f'),
  ramp: ramp(['#e4e9dc', '#d9e3d3', '#c9d9cb', '#bcd0c6', '#b9cac6', '#c7d0cf', '#f2f4f4', '#f2f4f4']),
  tints: tintsOf('light'),
  water: { main: '#2f8294', branch: '#4d96a4', near: '#a9cdd3', casing: '#ffffff' },
  road: { expressway: '#7e8784', national: '#a3aaa6', casing: '#ffffff', rail: '#8f9894' },
  boundary: { city: '#44514f', county: '#7e8784' },
  text: { strong: '#16201f', plain: '#44514f', dim: '#62706d', water: '#1f6d80' },
};
