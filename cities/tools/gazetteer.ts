// The gazetteer: every named thing of the package with its aliases and pinyin, so that one search box finds them all.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from './csv.ts';
import { alongLine, roundPoint, type Point } from '../geometry.ts';
import { pointOf, type Feature, type Source } from './source.ts';

type Entry = {
  name: string;
  en: string;
  aliases: string[];
  kind: string;
  id: string;
  at: Point;
  note: string;
};

const TOWN_SUFFIX = /(回族乡|街道|镇|乡)$/;

/** Readings of the characters used in names; a name with an unknown character stops the run and says which. */
export function createPinyin(root: string): (name: string) => { pinyin: string; initials: string } {
  const text = readFileSync(join(root, 'tools', 'pinyin.csv'), 'utf8');
  const readings = new Map(parseCsv(text).map((row) => [row['character'], row['pinyin']]));
  return (name) => {
    const syllables = [...name].flatMap((letter) => {
      if (/[a-z0-9]/i.test(letter)) return letter.toLowerCase();
      if (!/\p{Script=Han}/u.test(letter)) return [];
      const reading = readings.get(letter);
      if (!reading)
        throw new Error(`No reading for ${letter} in "${name}"; add a line to cities/tools/pinyin.csv.`);
      return reading;
    });
    return { pinyin: syllables.join(''), initials: syllables.map((syllable) => syllable[0]).join('') };
  };
}

function middle(feature: Feature): Point {
  const { type, coordinates } = feature.geometry;
  if (type === 'Point') return coordinates as Point;
  return roundPoint(alongLine(coordinates as Point[], 0.5));
}

function ofFeatures(features: readonly Feature[], kind: (feature: Feature) => string): Entry[] {
  return features.map((feature) => {
    const { id, name, ref } = feature.properties as Feature['properties'] & { ref?: string | null };
    const aliases = ref && ref !== name.zh ? [ref] : [];
    return {
      name: name.zh,
      en: name.en ?? '',
      aliases,
      kind: kind(feature),
      id,
      at: middle(feature),
      note: '',
    };
  });
}

function ofTable(
  source: Source,
  file: string,
  [kind, suffix = '']: [kind: string, suffix?: string],
): Entry[] {
  return source.table(file).map((row) => ({
    name: `${row['name']}${suffix}`,
    en: row['en'] ?? '',
    aliases: [],
    kind,
    id: row['id'] ?? row['stcd'] ?? '',
    at: pointOf(row),
    note: '',
  }));
}

function entries(source: Source): Entry[] {
  const counties = source.features('counties.geojson').map((county): Entry => {
    const seat = county.properties['seat'] as { lon: number; lat: number };
    const { code, name, kind } = county.properties as Feature['properties'] & { code: string; kind: string };
    const short = kind === 'county' ? name.zh.replace(/(?<=..)[区县]$/, '') : name.zh;
    const aliases = short === name.zh ? [] : [short];
    return { name: name.zh, en: name.en ?? '', aliases, kind, id: code, at: [seat.lon, seat.lat], note: '' };
  });
  const towns = source.towns.map((town): Entry => {
    const [name, en, id] = [town['name'] ?? '', town['en'] ?? '', town['code'] ?? ''];
    const short = name.replace(TOWN_SUFFIX, '');
    const aliases = short !== name && short.length > 1 ? [short] : [];
    return { name, en, aliases, kind: town['kind'] ?? '', id, at: pointOf(town), note: '' };
  });
  const villages = source.mayTable('villages.csv').map((row): Entry => {
    const town = source.towns.find(({ code }) => code === row['townCode'])?.['name'] ?? '';
    const [name = '', en = '', id = ''] = [row['name'], row['en'], row['code']];
    return { name, en, aliases: [], kind: 'village', id, at: pointOf(row), note: town };
  });
  const lakes = source.features('lakes.geojson').map(({ properties }): Entry => {
    const { id, name, labelAt } = properties as Feature['properties'] & { labelAt: Point };
    return { name: name.zh, en: name.en ?? '', aliases: [], kind: 'lake', id, at: labelAt, note: '' };
  });
  const former = source.plan.gazetteer.former.map((entry): Entry => ({
    ...entry,
    aliases: [],
    kind: 'former-town',
  }));
  return [
    ...counties,
    ...towns,
    ...former,
    ...ofFeatures(source.features('rivers.geojson'), () => 'river'),
    ...lakes,
    ...ofTable(source, 'peaks.csv', ['peak']),
    ...ofFeatures(source.features('roads.geojson'), () => 'road'),
    ...ofFeatures(source.features('railways.geojson'), () => 'railway'),
    ...ofTable(source, 'stations/reservoirs.csv', ['reservoir']),
    ...ofTable(source, 'stations/river-gauges.csv', ['river-gauge', '水文站']),
    ...ofTable(source, 'stations/water-sections.csv', ['water-section', '断面']),
    ...ofTable(source, 'stations/air.csv', ['air-station', '空气站']),
    ...ofFeatures(source.features('places.geojson'), ({ properties }) => String(properties['kind'])),
    ...villages,
  ];
}

export function buildGazetteer(source: Source, root: string) {
  const toPinyin = createPinyin(root);
  return entries(source).map(({ name, en, aliases, kind, id, at, note }) => ({
    name,
    en,
    aliases: [...aliases, ...(source.plan.gazetteer.aliases[id] ?? [])].join('|'),
    kind,
    id,
    lon: at[0],
    lat: at[1],
    ...toPinyin(name),
    note,
    countyCode: source.countyOf(at),
  }));
}
