// What is known of every building: the columns of its property table, how each is coloured, and what is filtered by it.
import type { Title } from '../../contracts/column.ts';
import type { Unit } from '../../contracts/units.ts';

/** A line of the legend: one colour, or a ramp between two values. */
export interface LegendEntry {
  readonly title: Title;
  /** Buildings it stands for; null while the table of the city is not there. */
  readonly count: number | null;
  readonly sign:
    | { readonly kind: 'none' }
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
  /** Row in the table of the city; the same in every tile. */
  readonly number: number;
  readonly id: string;
  /** Empty: it has none. */
  readonly name: string;
  readonly use: Use;
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

export const buildingColumns: Readonly<Record<NumberAttribute, { title: Title; unit: Unit }>> = {
  floors: { title: { zh: '建筑层数', en: 'Floors' }, unit: '1' },
  heightM: { title: { zh: '建筑高度', en: 'Building height' }, unit: 'm' },
  residents: { title: { zh: '居住人数', en: 'Residents' }, unit: 'person' },
  buildYear: { title: { zh: '建成年份', en: 'Year built' }, unit: '1' },
};
export const useTitle: Title = { zh: '建筑用途', en: 'Building use' };
export const useTitles: Readonly<Record<Use, Title>> = {
  residential: { zh: '住宅', en: 'Homes' },
  commercial: { zh: '商业', en: 'Commerce' },
  office: { zh: '办公', en: 'Offices' },
  industrial: { zh: '工业', en: 'Industry' },
  school: { zh: '学校', en: 'Schools' },
  hospital: { zh: '医院', en: 'Hospitals' },
  public: { zh: '公共设施', en: 'Public' },
  other: { zh: '其他建筑', en: 'Other' },
};

/** Lines of the legend: uses of one hue share one. */
const usesByHue: readonly (readonly [Title, readonly Use[]])[] = [
  ...(['residential', 'commercial', 'office', 'industrial', 'school'] as const).map(
    (use) => [useTitles[use], [use]] as const,
  ),
  [{ zh: '医院与公共', en: 'Hospitals, public' }, ['hospital', 'public']],
  [useTitles.other, ['other']],
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

/** How many buildings stand behind the colours, after the filter. */
export interface BuildingCounts {
  readonly all: number;
  readonly shown: number;
  /** People who live in those that are shown. */
  readonly residents: number;
  /** Those that are shown by their use, in the order of `uses`. */
  readonly byUse: readonly number[];
}

const filteredTitle: Title = { zh: '建筑（已筛选）', en: 'Buildings (filtered)' };

/** What the legend says of the buildings: their colours, or how many a filter leaves; nothing where neither is asked for. */
export function legendOf(
  colour: { readonly attribute: Attribute | null; readonly ramp: Ramp | null },
  counts: BuildingCounts | null,
): LegendEntry[] {
  const { attribute, ramp } = colour;
  if (attribute === null) {
    const filtered = counts !== null && counts.shown < counts.all;
    return filtered ? [{ title: filteredTitle, count: counts.shown, sign: { kind: 'none' } }] : [];
  }
  if (attribute === 'use') {
    return usesByHue.map(([title, members]) => ({
      title,
      count: counts && members.reduce((sum, use) => sum + (counts.byUse[uses.indexOf(use)] ?? 0), 0),
      sign: { kind: 'colour', colour: useColours[members[0] ?? 'other'] },
    }));
  }
  const { from, to, colours } = ramp ?? ramps[attribute];
  const { title, unit } = buildingColumns[attribute];
  const suffix = unit === 'm' ? '\u2009m' : '';
  const sign = { kind: 'ramp', colours, low: `${from}${suffix}`, high: `${to}${suffix}` } as const;
  return [{ title, count: counts?.shown ?? null, sign }];
}

/** Whether anything is left out. */
export const isFiltering = (filter: BuildingFilter | null): filter is BuildingFilter =>
  filter !== null && Object.values(filter).some((part) => part !== undefined);
