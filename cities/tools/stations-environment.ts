// Outfalls with automatic monitors, noise and radiation stations. Enterprises are numbered, never named: all synthetic.
import type { Point } from '../geometry.ts';
import { apportion, createRandom, pick } from './random.ts';
import { createScatter, placesAlong } from './scatter.ts';
import { pointOf, type Feature, type OutfallKind, type Source } from './source.ts';

const pointOfFeature = (feature: Feature): Point => feature.geometry.coordinates as Point;
const two = (n: number): string => String(n).padStart(2, '0');

type Outfall = {
  kind: OutfallKind;
  at: Point;
  radiusM: [number, number];
  where: string;
  whereEn: string;
  park: string;
};

function authoredOutfalls(source: Source): Outfall[] {
  const places = source.features('places.geojson');
  return source.plan.outfalls.fixed.flatMap(({ kind: id, at, count }) => {
    const kind = source.plan.outfalls.kinds[id];
    if (!kind) throw new Error(`generate.yaml outfalls.fixed names kind ${id}; add it to outfalls.kinds.`);
    return Array.from({ length: count }, (_, i): Outfall => {
      const name = at[i % at.length] ?? '';
      const place = places.find((feature) => feature.properties.id === name);
      const town = source.towns.find((row) => row['code'] === name);
      if (place) {
        const park = place.properties['kind'] === 'industrial-park' ? name : '';
        const { zh, en = zh } = place.properties.name;
        return { kind, at: pointOfFeature(place), radiusM: [0, 900], where: zh, whereEn: en, park };
      }
      if (!town)
        throw new Error(`generate.yaml outfalls.fixed names ${name}; use a place id or a town code.`);
      const [where, whereEn] = [town['name'] ?? '', town['en'] ?? ''];
      return { kind, at: pointOf(town), radiusM: [800, 3_500], where, whereEn, park: '' };
    });
  });
}

function parkOutfalls(source: Source, count: number): Outfall[] {
  const random = createRandom(`${source.plan.seed}/park-outfalls`);
  const places = source.features('places.geojson');
  const parks = places.filter((feature) => feature.properties['kind'] === 'industrial-park');
  const weights = parks.map((park) => source.plan.outfalls.parks[park.properties.id]?.weight ?? 1);
  const shares = apportion(count, weights);
  return parks.flatMap((park, i) =>
    Array.from({ length: shares[i] ?? 0 }, (): Outfall => {
      const kinds =
        source.plan.outfalls.parks[park.properties.id]?.kinds ?? Object.keys(source.plan.outfalls.kinds);
      const kind = source.plan.outfalls.kinds[pick(random, kinds)] as OutfallKind;
      const { zh, en = zh } = park.properties.name;
      const { id } = park.properties;
      return { kind, at: pointOfFeature(park), radiusM: [100, 1_200], where: zh, whereEn: en, park: id };
    }),
  );
}

/** MN: county code, thirteen zeros, WS (water source) or GS (gas source), three digits: 24 characters. */
export function buildOutfalls(source: Source) {
  const random = createRandom(`${source.plan.seed}/outfalls`);
  const scatter = createScatter(source);
  const fixed = authoredOutfalls(source);
  const all = [...fixed, ...parkOutfalls(source, source.plan.counts.outfalls - fixed.length)];
  const [numbers, labels] = [new Map<string, number>(), new Map<string, number>()];
  const next = (counter: Map<string, number>, key: string): number => {
    counter.set(key, (counter.get(key) ?? 0) + 1);
    return counter.get(key) ?? 0;
  };
  return all.map(({ kind, at, radiusM, where, whereEn, park }) => {
    const point = scatter(random, at, radiusM);
    const county = source.countyOf(point);
    const code = `${county}${'0'.repeat(13)}${kind.medium === 'water' ? 'WS' : 'GS'}`;
    const number = two(next(labels, `${where}${kind.zh}`));
    return {
      mn: `${code}${String(next(numbers, code)).padStart(3, '0')}`,
      name: `${where}${kind.zh}${number}号排口`,
      en: `${whereEn} ${kind.en} ${number}`,
      kind: kind.medium,
      industry: kind.industry,
      park,
      lon: point[0],
      lat: point[1],
      limitCodMgL: kind.limits.cod ?? null,
      limitNh3nMgL: kind.limits.nh3n ?? null,
      limitTpMgL: kind.limits.tp ?? null,
      limitPhMin: kind.medium === 'water' ? 6 : null,
      limitPhMax: kind.medium === 'water' ? 9 : null,
      limitSo2MgM3: kind.limits.so2 ?? null,
      limitNoxMgM3: kind.limits.nox ?? null,
      limitPmMgM3: kind.limits.pm ?? null,
      countyCode: county,
    };
  });
}

const NOISE_ZONES: Record<string, { zh: string; en: string; share: number }> = {
  '0': { zh: '康复疗养区', en: 'convalescent area', share: 1 },
  '1': { zh: '居住文教区', en: 'residential and school area', share: 9 },
  '2': { zh: '居住商业混杂区', en: 'mixed area', share: 13 },
  '3': { zh: '工业区', en: 'industrial area', share: 6 },
  '4a': { zh: '道路交通干线', en: 'main road', share: 8 },
  '4b': { zh: '铁路干线', en: 'railway', share: 3 },
};

function noisePlaces(
  source: Source,
  zone: string,
  count: number,
): { at: Point; label: string; labelEn: string }[] {
  const places = source.features('places.geojson');
  const ofKind = (kind: string) =>
    places
      .filter((feature) => feature.properties['kind'] === kind)
      .map(({ properties: { name }, geometry }) => {
        return { at: geometry.coordinates as Point, label: name.zh, labelEn: name.en ?? name.zh };
      });
  const streets = source.features('roads.geojson').filter((road) => road.properties['class'] === 'street');
  const urban = source.towns
    .filter((town) => town['kind'] === 'street' || source.seatTowns.includes(town['name'] ?? ''))
    .map((town) => ({ at: pointOf(town), label: town['name'] ?? '', labelEn: town['en'] ?? '' }));
  const choices = {
    '0': ofKind('hospital').slice(-1),
    '1': ofKind('school'),
    '3': ofKind('industrial-park'),
    '4a': streets.flatMap((road) =>
      placesAlong(source, road.geometry.coordinates as Point[], 2).map(({ at }) => {
        return { at, label: road.properties.name.zh, labelEn: road.properties.name.en ?? '' };
      }),
    ),
    '4b': ofKind('rail-station'),
  }[zone];
  const from = choices && choices.length > 0 ? choices : urban;
  return Array.from({ length: count }, (_, i) => from[i % from.length] as (typeof from)[number]);
}

export function buildNoiseStations(source: Source) {
  const random = createRandom(`${source.plan.seed}/noise`);
  const scatter = createScatter(source);
  const zones = Object.entries(NOISE_ZONES);
  const shares = apportion(
    source.plan.counts.noise,
    zones.map(([, zone]) => zone.share),
  );
  const all = zones.flatMap(([zone, { zh, en }], i) =>
    noisePlaces(source, zone, shares[i] ?? 0).map((place) => ({ zone, zh, en, ...place })),
  );
  return all.map(({ zone, zh, en, at, label, labelEn }, i) => {
    const [lon, lat] = scatter(random, at, zone.startsWith('4') ? [15, 60] : [60, 350]);
    const countyCode = source.countyOf([lon, lat]);
    return {
      id: `noise-${two(i + 1)}`,
      name: `${label}${zh}`,
      en: `${labelEn} (${en})`,
      zone,
      lon,
      lat,
      countyCode,
    };
  });
}

/** One station in each of the first county seats of the county order. */
export function buildRadiationStations(source: Source) {
  const random = createRandom(`${source.plan.seed}/radiation`);
  const scatter = createScatter(source);
  return source.counties.slice(0, source.plan.counts.radiation).map(({ code, name, en, seat }, i) => {
    const [lon, lat] = scatter(random, seat, [300, 900]);
    return {
      id: `rad-${two(i + 1)}`,
      name: `${name}辐射环境自动站`,
      en: `${en} radiation station`,
      lon,
      lat,
      countyCode: code,
    };
  });
}
