// The labels of the land by rank: what LOOK §6 "Labels" shows at which height, as data for the label drawing.
import type { Title } from '../../../contracts/column.ts';
import type { City } from '../../stores/city.ts';
import type { Theme } from '../engine/theme.ts';
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
    water: { ...base, font: 'song', sizeU: 1.1, weight: 600, colour: text.water, slanted: true, spacingEm: 0.08 },
    peak: { ...base, font: 'song', sizeU: 1.05, weight: 600, colour: text.plain, mark: 'peak' },
    town: { ...base, sizeU: 1, weight: 420, colour: text.plain, mark: 'dot' },
    neighbour: { ...base, sizeU: 1, weight: 420, colour: text.dim, spacingEm: 0.35 },
  };
}

export function cityLabels(city: City, source: Basemap, theme: Theme, say: (title: Title) => string): Label[] {
  const style = stylesOf(theme);
  const centre: Label['anchor'] = 'centre';
  const at = (lonLat: readonly [number, number]): { lon: number; lat: number } => ({ lon: lonLat[0], lat: lonLat[1] });
  return [
    {
      id: 'city',
      text: say({ zh: `${city.title.zh.replace(/市$/, '')}市区`, en: city.title.en }),
      ...at(city.centre),
      style: style.city,
      rank: 0,
      belowM: ALWAYS,
      anchor: 'right' as const,
    },
    ...source.counties.map((county, index) => ({
      id: `county-${county.code}`,
      text: say(county.name),
      ...at(middleOf(county.polygons[0]?.[0] ?? [])),
      style: style.county,
      rank: county.kind === 'county' ? 10 + index : 60,
      belowM: county.kind === 'county' ? ALWAYS : BELOW.towns,
      anchor: centre,
    })),
    ...source.rivers.filter(({ kind }) => Number(kind) <= 3).map((river, index) => ({
      id: `river-${river.id}`,
      text: say(river.name),
      ...at(alongOf(river, Number(river.kind) === 1 ? 0.66 : 0.5)),
      style: style.water,
      rank: Number(river.kind) === 1 ? 5 : 30 + Number(river.kind) * 4 + index,
      belowM: Number(river.kind) <= 2 ? ALWAYS : BELOW.towns,
      anchor: 'right' as const,
    })),
    ...source.lakes.map((lake, index) => ({
      id: `lake-${lake.id}`,
      text: say(lake.name),
      ...at(lake.labelAt),
      style: style.water,
      rank: 20 + index,
      belowM: index < 2 ? ALWAYS : BELOW.towns,
      anchor: 'right' as const,
    })),
    ...source.peaks.map((peak, index) => ({
      id: `peak-${peak.id}`,
      text: say(peak.name),
      ...at(peak.at),
      style: style.peak,
      rank: 40 + index,
      belowM: index < 4 ? ALWAYS : BELOW.towns,
      anchor: centre,
    })),
    ...city.neighbours.map((neighbour, index) => ({
      id: `neighbour-${index}`,
      text: say(neighbour.name),
      ...at(neighbour.labelAt),
      style: style.neighbour,
      rank: 50 + index,
      belowM: ALWAYS,
      anchor: centre,
    })),
    ...[...source.towns]
      .sort((a, b) => b.population - a.population)
      .map((town, index) => ({
        id: `town-${town.id}`,
        text: say(town.name),
        ...at(town.at),
        style: style.town,
        rank: 100 + index,
        belowM: index < 40 ? BELOW.towns : BELOW.small * 1.5,
        anchor: 'right' as const,
      })),
  ];
}

/** Centre of the area of a ring. */
function middleOf(ring: readonly (readonly [number, number])[]): readonly [number, number] {
  let area = 0;
  let x = 0;
  let y = 0;
  ring.forEach(([x0, y0], index) => {
    const [x1, y1] = ring[(index + 1) % ring.length] ?? [x0, y0];
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  });
  return area === 0 ? (ring[0] ?? [0, 0]) : [x / (3 * area), y / (3 * area)];
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
