// Tables of stations and other rows: one strict schema per CSV file; header and columns must match exactly.
import { z } from 'zod';
import { cellCount, cellFlag, cellNumber, cellNumberMaybe, cellText, cellTextMaybe } from './schema-base.ts';
import { pointCells, slug, townCode, unitCode } from './schema-base.ts';

const named = { name: cellText, en: cellText };
const station = { id: slug, ...named, ...pointCells };

export const townRow = z
  .strictObject({
    code: townCode,
    ...named,
    county_code: unitCode,
    kind: z.enum(['street', 'town', 'township', 'area']),
    lon: cellNumber,
    lat: cellNumber,
    position: z.enum(['listed', 'estimated']),
    population: cellCount,
  })
  .transform(({ county_code: countyCode, ...rest }) => ({ ...rest, countyCode }));

/** A village with its residents; those of a town that live in none of them live at its seat. */
export const villageRow = z.strictObject({
  code: z.string().regex(/^\d{12}$/, 'must be twelve digits'),
  ...named,
  townCode,
  ...pointCells,
  residents: cellCount,
});

export const peakRow = z.strictObject({ ...station, elevationM: cellNumber });

export const gazetteerRow = z.strictObject({
  ...named,
  aliases: z.string().transform((text) => (text === '' ? [] : text.split('|'))),
  kind: slug,
  id: cellText,
  ...pointCells,
  pinyin: cellText,
  initials: cellText,
  note: cellTextMaybe,
});

/** People by day where few or none live: counted beside residents (docs/hazards.md). `people` there at full hours. */
export const gatheringRow = z.strictObject({
  id: slug,
  ...named,
  kind: z.enum(['workplace', 'kindergarten', 'mall']),
  ...pointCells,
  people: cellCount,
});

export const stationRows = {
  /** Levels in m; `flowAtWarning` in m³/s at the warning level, at the station or as the reservoir's inflow. */
  'river-gauges': z.strictObject({
    stcd: slug,
    ...named,
    river: slug,
    ...pointCells,
    normalM: cellNumber,
    warningM: cellNumber,
    guaranteeM: cellNumber,
    historicMaxM: cellNumber,
    flowAtWarning: cellNumberMaybe,
    flowKind: z.enum(['station', 'inflow']),
  }),
  /** Levels in m; null where none is set. `upstream` marks a dam outside the city that the city must watch. */
  reservoirs: z.strictObject({
    ...station,
    river: cellTextMaybe,
    normalM: cellNumber,
    floodLimitM: cellNumberMaybe,
    deadM: cellNumberMaybe,
    designM: cellNumberMaybe,
    checkM: cellNumberMaybe,
    capacity1e8m3: cellNumber,
    installedMw: cellNumberMaybe,
    upstream: cellFlag,
  }),
  'storage-curves': z.strictObject({ reservoir: slug, levelM: cellNumber, storage1e8m3: cellNumber }),
  /** `citySet`: counts for the city's own air quality value. */
  air: z.strictObject({ ...station, citySet: cellFlag }),
  'water-sections': z.strictObject({
    ...station,
    river: slug,
    target: z.enum(['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ']),
    role: z.enum(['inlet', 'inner', 'outlet']),
  }),
  /** Limits are null where they do not apply to the medium. */
  outfalls: z.strictObject({
    mn: z.string().regex(/^[0-9A-Z]{24}$/, 'must be 24 digits or capitals'),
    ...named,
    kind: z.enum(['water', 'air']),
    industry: slug,
    park: cellTextMaybe,
    ...pointCells,
    limitCodMgL: cellNumberMaybe,
    limitNh3nMgL: cellNumberMaybe,
    limitTpMgL: cellNumberMaybe,
    limitPhMin: cellNumberMaybe,
    limitPhMax: cellNumberMaybe,
    limitSo2MgM3: cellNumberMaybe,
    limitNoxMgM3: cellNumberMaybe,
    limitPmMgM3: cellNumberMaybe,
  }),
  'rain-gauges': z.strictObject({ ...station, townCode: cellTextMaybe, elevationM: cellNumber }),
  weather: z.strictObject({ ...station, elevationM: cellNumber }),
  noise: z.strictObject({ ...station, zone: z.enum(['0', '1', '2', '3', '4a', '4b']) }),
  radiation: z.strictObject(station),
  'flow-stations': z.strictObject({
    ...station,
    road: cellText,
    roadId: slug,
    class: z.enum(['expressway', 'national', 'provincial', 'street']),
    kmMark: cellNumber,
  }),
  roadside: z.strictObject({
    ...station,
    kind: z.enum(['camera', 'radar', 'vms', 'weather', 'tunnel']),
    road: cellText,
    roadId: slug,
    kmMark: cellNumberMaybe,
  }),
  /** `people` threatened; `susceptibility` 1 (low) to 4 (very high). */
  'slope-monitors': z.strictObject({
    id: slug,
    name: cellText,
    type: z.enum(['landslide', 'debris-flow', 'rockfall', 'collapse']),
    townCode,
    ...pointCells,
    people: cellCount,
    susceptibility: cellCount,
    instrument: z.enum(['gnss', 'displacement', 'crack', 'tilt']),
  }),
  /** `site` is a place id or a town code. */
  'fire-panels': z.strictObject({ ...station, site: cellText, siteKind: slug }),
};

export type StationFile = keyof typeof stationRows;
export type Town = z.output<typeof townRow>;
export type Village = z.output<typeof villageRow>;
export type Peak = z.output<typeof peakRow>;
export type Gathering = z.output<typeof gatheringRow>;
export type GazetteerEntry = z.output<typeof gazetteerRow>;
export type Stations = { [F in StationFile]: z.output<(typeof stationRows)[F]>[] };
