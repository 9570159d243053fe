// The labels of the land by rank: which are shown at which height, as data for the label drawing.
import type { Title } from '../../../contracts/column.ts';
import type { City } from '../../stores/city.ts';
import type { Theme } from '../engine/theme.ts';
import { middleOf } from '../geo/geometry.ts';
import type { Label, LabelStyle } from '../labels/label.ts';
import type { Basemap, NamedLine } from './basemap-source.ts';

const ALWAYS = Infinity;
/** Heights of the camera below which more is shown, metres. */
const BELOW = { towns: 200_000, small: 60_000 };

interface Kinds {
  readonly city: LabelStyle;
  readonly county: LabelStyle;
  readonly water: LabelStyle;
  readonly peak: LabelStyle;
  readonly town: LabelStyle;
  readonly neighbour: LabelStyle;
}

function stylesOf({ text }: Theme): Kinds {
  const base = { font: 'text', spacingEm: 0, slanted: false, mark: 'none' } as const;
  return {
    city: { ...base, sizeU: 1.3, weight: 650, colour: text.strong },
    county: { ...base, sizeU: 1.25, weight: 500, colour: text.strong, spacingEm: 0.35 },
    water: {
      ...base,
      font: 'song',
      sizeU: 1.1,
      weight: 600,
      colour: text.water,
      slanted: true,
      spacingEm: 0.08,
    },
    peak: { ...base, font: 'song', sizeU: 1.05, weight: 600, colour: text.plain, mark: 'peak' },
    town: { ...base, sizeU: 1, weight: 420, colour: text.plain, mark: 'dot' },
    neighbour: { ...base, sizeU: 1, weight: 420, colour: text.dim, spacingEm: 0.35 },
  };
}

export interface LabelSource {
  readonly city: City;
  readonly basemap: Basemap;
}

interface Wording {
  readonly style: Kinds;
  say(title: Title): string;
}

type Pair = readonly [number, number];
const at = ([lon, lat]: Pair): { lon: number; lat: number } => ({ lon, lat });

export function cityLabels(
  { city, basemap }: LabelSource,
  theme: Theme,
  say: (title: Title) => string,
): Label[] {
  const wording = { style: stylesOf(theme), say };
  return [
    ...regionLabels({ city, basemap }, wording),
    ...waterLabels(basemap, wording),
    ...pointLabels(basemap, wording),
  ];
}

function regionLabels({ city, basemap }: LabelSource, { style, say }: Wording): Label[] {
  const core: Label = {
    id: 'city',
    text: say({ zh: `${city.title.zh.replace(/市$/, '')}市区`, en: city.title.en }),
    ...at(city.centre),
    style: style.city,
    rank: 0,
    belowM: ALWAYS,
    anchor: 'right',
  };
  const counties = basemap.counties.map((county, index): Label => {
    const isCounty = county.kind === 'county';
    return {
      id: `county-${county.code}`,
      text: say(county.name),
      ...at(middleOf(county.polygons[0]?.[0] ?? [])),
      style: style.county,
      rank: isCounty ? 10 + index : 60,
      belowM: isCounty ? ALWAYS : BELOW.towns,
      anchor: 'centre',
    };
  });
  const neighbours = city.neighbours.map((neighbour, index): Label => ({
    id: `neighbour-${index}`,
    text: say(neighbour.name),
    ...at(neighbour.labelAt),
    style: style.neighbour,
    rank: 50 + index,
    belowM: ALWAYS,
    anchor: 'centre',
  }));
  return [core, ...counties, ...neighbours];
}

/** Rivers down to the third order; the first is named below the middle, where it is widest. */
function waterLabels(basemap: Basemap, { style, say }: Wording): Label[] {
  const rivers = basemap.rivers.filter(({ kind }) => Number(kind) <= 3);
  const named = rivers.map((river, index): Label => {
    const order = Number(river.kind);
    return {
      id: `river-${river.id}`,
      text: say(river.name),
      ...at(alongOf(river, order === 1 ? 0.66 : 0.5)),
      style: style.water,
      rank: order === 1 ? 5 : 30 + order * 4 + index,
      belowM: order <= 2 ? ALWAYS : BELOW.towns,
      anchor: 'right',
    };
  });
  const lakes = basemap.lakes.map((lake, index): Label => ({
    id: `lake-${lake.id}`,
    text: say(lake.name),
    ...at(lake.labelAt),
    style: style.water,
    rank: 20 + index,
    belowM: index < 2 ? ALWAYS : BELOW.towns,
    anchor: 'right',
  }));
  return [...named, ...lakes];
}

function pointLabels(basemap: Basemap, { style, say }: Wording): Label[] {
  const peaks = basemap.peaks.map((peak, index): Label => ({
    id: `peak-${peak.id}`,
    text: say(peak.name),
    ...at(peak.at),
    style: style.peak,
    rank: 40 + index,
    belowM: index < 4 ? ALWAYS : BELOW.towns,
    anchor: 'centre',
  }));
  const towns = [...basemap.towns]
    .sort((a, b) => b.population - a.population)
    .map((town, index): Label => ({
      id: `town-${town.id}`,
      text: say(town.name),
      ...at(town.at),
      style: style.town,
      rank: 100 + index,
      belowM: index < 40 ? BELOW.towns : BELOW.small * 1.5,
      anchor: 'right',
    }));
  return [...peaks, ...towns];
}

function alongOf(river: NamedLine, part: number): readonly [number, number] {
  const line = river.lines[0] ?? [];
  return line[Math.floor((line.length - 1) * part)] ?? [0, 0];
}

/** Labels shown at most at a camera height. */
export function mostLabels(heightM: number): number {
  if (heightM > 200_000) return 22;
  return heightM > 60_000 ? 40 : 60;
}
