// The labels of the land: regions, places and heights, each of a kind of the label table.
import type { Title } from '../../../contracts/column.ts';
import type { City } from '../../stores/city.ts';
import type { Summit } from '../geo/summits.ts';
import type { Theme } from '../engine/theme.ts';
import { contains, middleOf } from '../geo/geometry.ts';
import type { Label, Pair } from '../labels/label.ts';
import type { Basemap, NamedPoint } from './basemap-source.ts';
import { KINDS, type LabelKind } from './label-table.ts';
import { labelStyles } from './label-styles.ts';
import { shieldLabels, waterLabels } from './line-labels.ts';

export interface LabelSource {
  readonly city: City;
  readonly basemap: Basemap;
  /** Tops of the relief for spot heights. */
  readonly summits: readonly Summit[];
  readonly villages: readonly NamedPoint[];
}

/** Makes a label of a kind; `order` counts within the kind. */
export type Name = (
  kind: LabelKind,
  what: { id: string; title: Title; at: Pair; order: number },
  more?: Partial<Label>,
) => Label;

/** Peaks named from afar; the rest from town height. */
const GREAT_PEAKS = 4;
/** A dam that holds a lake: before the smaller ones on the same river. */
const GREAT_DAM_RANK = KINDS.dam.rank - 50;
/** Scenic areas of this grade are what the city is known by. */
const GREAT_SIGHT = '5A';
/** A top this close to a named peak is that peak, degrees. */
const PEAK_DEG = 0.03;

export function cityLabels(source: LabelSource, theme: Theme, say: (title: Title) => string): Label[] {
  const styles = labelStyles(theme);
  const name: Name = (kind, { id, title, at, order }, more) => ({
    id,
    text: say(title),
    lon: at[0],
    lat: at[1],
    style: styles[kind],
    rank: KINDS[kind].rank + order,
    belowM: KINDS[kind].belowM,
    aboveM: KINDS[kind].aboveM,
    anchor: styles[kind].mark === 'none' && kind !== 'dam' ? 'centre' : 'beside',
    ...more,
  });
  return [
    ...regionLabels(source, name),
    ...waterLabels(source.basemap, name),
    ...shieldLabels(source.basemap, name),
    ...townLabels(source.basemap, name),
    ...peakLabels(source.basemap, name),
    ...spotLabels(source, name),
    ...placeLabels(source, name),
  ].filter(({ text }) => text !== '');
}

function regionLabels({ city, basemap }: LabelSource, name: Name): Label[] {
  const core = name('city', {
    id: 'city',
    title: { zh: `${city.title.zh.replace(/市$/, '')}市区`, en: city.title.en },
    at: city.centre,
    order: 0,
  });
  const counties = basemap.counties.map((county, order) =>
    name(county.kind === 'county' ? 'county' : 'zone', {
      id: `county-${county.code}`,
      title: county.name,
      at: middleOf(county.polygons[0]?.[0] ?? []),
      order,
    }),
  );
  const neighbours = city.neighbours.map((neighbour, order) =>
    name('neighbour', { id: `neighbour-${order}`, title: neighbour.name, at: neighbour.labelAt, order }),
  );
  return [core, ...counties, ...neighbours];
}

/** Seats of counties first, then towns by their people. */
function townLabels({ towns, counties }: Basemap, name: Name): Label[] {
  const seats = new Set(counties.map(({ seatName }) => seatName).filter((seat) => seat !== null));
  return [...towns]
    .sort((a, b) => b.population - a.population)
    .map((town, order) =>
      name(seats.has(town.name.zh) ? 'seat' : 'town', {
        id: `town-${town.id}`,
        title: town.name,
        at: town.at,
        order,
      }),
    );
}

const PLACE_KINDS: Readonly<Record<string, LabelKind>> = {
  dam: 'dam',
  hospital: 'hospital',
  shelter: 'shelter',
};

/** Peaks by name; close to them with their height. */
function peakLabels({ peaks }: Basemap, name: Name): Label[] {
  return peaks.flatMap((peak, order) => {
    const kind: LabelKind = order < GREAT_PEAKS ? 'peak' : 'smallPeak';
    const what = { id: `peak-${peak.id}`, title: peak.name, at: peak.at, order };
    if (peak.elevationM === null) return [name(kind, what)];
    const metres = Math.round(peak.elevationM).toLocaleString('en');
    const title = { zh: `${peak.name.zh} ${metres}`, en: `${peak.name.en} ${metres}` };
    const near = KINDS.spot.belowM;
    return [
      name(kind, what, { aboveM: near }),
      name(kind, { ...what, id: `${what.id}-height`, title }, { belowM: near }),
    ];
  });
}

/** Heights of nameless tops; those of named peaks stand with their names. */
function spotLabels({ summits, basemap }: LabelSource, name: Name): Label[] {
  const bare = summits.filter(
    ({ lon, lat }) =>
      contains(basemap.outline, [lon, lat]) &&
      !basemap.peaks.some(({ at }) => Math.hypot(at[0] - lon, at[1] - lat) < PEAK_DEG),
  );
  return bare.map(({ lon, lat, heightM }, order) => {
    const metres = Math.round(heightM).toLocaleString('en');
    return name('spot', { id: `spot-${order}`, title: { zh: metres, en: metres }, at: [lon, lat], order });
  });
}

function placeLabels({ basemap, villages }: LabelSource, name: Name): Label[] {
  const great = new Set(basemap.lakes.map(({ reservoir }) => `dam-${reservoir}`));
  const sites = basemap.places.map((place, order) => {
    const what = { id: `place-${place.id}`, title: place.name, at: place.at, order };
    if (place.level === GREAT_SIGHT) return name('sight', { ...what, order: 0 });
    return name(PLACE_KINDS[place.kind] ?? 'site', what, great.has(place.id) ? { rank: GREAT_DAM_RANK } : {});
  });
  const hamlets = [...villages]
    .sort((a, b) => b.population - a.population)
    .map((village, order) =>
      name('village', { id: `village-${village.id}`, title: village.name, at: village.at, order }),
    );
  return [...sites, ...hamlets];
}
