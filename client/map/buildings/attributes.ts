// What is known of every building: the columns of its property table, how each is coloured, and what is filtered by it.
import type { Title } from '../../../contracts/column.ts';

/** A line of the legend: one colour, or a ramp between two values. */
export interface LegendEntry {
  readonly title: Title;
  readonly sign:
    | { readonly kind: 'colour'; readonly colour: string }
    | {
        readonly kind: 'ramp';
        readonly colours: readonly string[];
        readonly low: string;
        readonly high: string;
      };
}

export const uses = [
  'residential',
  'commercial',
  'office',
  'industrial',
  'school',
  'hospital',
  'public',
  'other',
] as const;
export type Use = (typeof uses)[number];

/** Order is that of the shader's numbers, which begin at 1: 0 is no colour. */
export const attributes = ['use', 'floors', 'heightM', 'residents', 'buildYear'] as const;
export type Attribute = (typeof attributes)[number];
export type NumberAttribute = Exclude<Attribute, 'use'>;

export interface Building {
  readonly id: string;
  readonly name: string;
  readonly use: string;
  readonly floors: number;
  readonly heightM: number;
  readonly residents: number;
  /** 0: not known. */
  readonly buildYear: number;
}

/** Colours over a range of values, low to high. */
export interface Ramp {
  readonly from: number;
  readonly to: number;
  readonly colours: readonly string[];
}

/** Buildings that stay: all that are left out do not matter. Ranges hold both ends. */
export interface BuildingFilter extends Partial<
  Record<NumberAttribute, readonly [least: number, most: number]>
> {
  readonly uses?: readonly Use[];
}

const SEQUENTIAL = ['#315a57', '#467671', '#63948d', '#8fbdb6', '#cfe6e0'];

export const ramps: Readonly<Record<NumberAttribute, Ramp>> = {
  floors: { from: 1, to: 33, colours: SEQUENTIAL },
  heightM: { from: 3, to: 100, colours: SEQUENTIAL },
  residents: { from: 0, to: 400, colours: SEQUENTIAL },
  buildYear: { from: 1975, to: 2025, colours: SEQUENTIAL },
};

/** Six hues can be told apart: what serves the public shares one, and the rest is grey. */
const useColours: Readonly<Record<Use, string>> = {
  residential: '#8fbdb6',
  commercial: '#9e89c5',
  office: '#3d738d',
  industrial: '#72895c',
  school: '#a8e1fd',
  hospital: '#c4e4a5',
  public: '#c4e4a5',
  other: '#56696f',
};

const titles: Readonly<Record<NumberAttribute, { title: Title; unit: string }>> = {
  floors: { title: { zh: '建筑层数', en: 'Floors' }, unit: '' },
  heightM: { title: { zh: '建筑高度', en: 'Building height' }, unit: ' m' },
  residents: { title: { zh: '居住人数', en: 'Residents' }, unit: '' },
  buildYear: { title: { zh: '建成年份', en: 'Year built' }, unit: '' },
};
const useTitles: readonly (readonly [Title, Use])[] = [
  [{ zh: '住宅', en: 'Homes' }, 'residential'],
  [{ zh: '商业', en: 'Commerce' }, 'commercial'],
  [{ zh: '办公', en: 'Offices' }, 'office'],
  [{ zh: '工业', en: 'Industry' }, 'industrial'],
  [{ zh: '学校', en: 'Schools' }, 'school'],
  [{ zh: '医院与公共', en: 'Hospitals, public' }, 'hospital'],
];

export const TEXELS = 256;

/** RGBA of the ramp texture; by use, one texel for each use. */
export function texelsOf(attribute: Attribute, ramp: Ramp | null): Uint8Array {
  const out = new Uint8Array(TEXELS * 4).fill(255);
  const write = (texel: number, [r, g, b]: readonly number[]): void =>
    out.set([r ?? 0, g ?? 0, b ?? 0], texel * 4);
  if (attribute === 'use') {
    uses.forEach((use, index) => write(index, bytesOf(useColours[use])));
    return out;
  }
  const stops = (ramp ?? ramps[attribute]).colours.map(bytesOf);
  for (let texel = 0; texel < TEXELS; texel++) {
    const at = (texel / (TEXELS - 1)) * (stops.length - 1);
    const low = stops[Math.floor(at)] ?? [];
    const high = stops[Math.ceil(at)] ?? low;
    write(
      texel,
      low.map((part, channel) => Math.round(part + ((high[channel] ?? part) - part) * (at % 1))),
    );
  }
  return out;
}

export function bytesOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Bits of the uses that stay, by their order; all of them where no use is named. */
export function useBits(filter: BuildingFilter | null): number {
  if (!filter?.uses) return (1 << uses.length) - 1;
  return filter.uses.reduce((bits, use) => bits | (1 << uses.indexOf(use)), 0);
}

export function legendOf(attribute: Attribute, ramp: Ramp | null): LegendEntry[] {
  if (attribute === 'use') {
    return useTitles.map(([title, use]) => ({
      title,
      sign: { kind: 'colour', colour: useColours[use] },
    }));
  }
  const { from, to, colours } = ramp ?? ramps[attribute];
  const { title, unit } = titles[attribute];
  return [{ title, sign: { kind: 'ramp', colours, low: `${from}${unit}`, high: `${to}${unit}` } }];
}
