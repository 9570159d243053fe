// Rain gauges (one a town and the border gauges) and automatic weather stations (spread by county area).
import { insideRing, ringAreaKm2, roundPoint, type Point } from '../geometry.ts';
import { apportion, createRandom, type Random } from './random.ts';
import { createElevation, createScatter } from './scatter.ts';
import { pointOf, type Source } from './source.ts';

export function buildRainGauges(source: Source) {
  const random = createRandom(`${source.plan.seed}/rain-gauges`);
  const scatter = createScatter(source);
  const elevation = createElevation(source);
  const rows = source.towns.map((town) => {
    const [lon, lat] = scatter(random, pointOf(town), [200, 900]);
    return {
      id: `rain-${town['code']}`,
      name: `${town['name']}雨量站`,
      en: `${town['en']} rain gauge`,
      townCode: town['code'] ?? '',
      lon,
      lat,
      elevationM: elevation([lon, lat]),
      countyCode: town['county_code'] ?? '',
    };
  });
  const border = source.plan.borderRainGauges.map(({ id, name, en, at, elevationM }) => {
    return {
      id,
      name,
      en,
      townCode: '',
      lon: at[0],
      lat: at[1],
      elevationM,
      countyCode: source.countyOf(at),
    };
  });
  return [...rows, ...border];
}

function anywhere(random: Random, ring: readonly Point[]): Point {
  const [lons, lats] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
  const [west, south] = [Math.min(...lons), Math.min(...lats)];
  const [east, north] = [Math.max(...lons), Math.max(...lats)];
  for (;;) {
    const point = roundPoint([west + random() * (east - west), south + random() * (north - south)]);
    if (insideRing(point, ring)) return point;
  }
}

/** Hills and passes between the towns: every county gets its share of the stations left, by area. */
export function buildWeatherStations(source: Source) {
  const random = createRandom(`${source.plan.seed}/weather`);
  const scatter = createScatter(source);
  const elevation = createElevation(source);
  const inTowns = source.towns.slice(0, source.plan.counts.weather).map((town) => ({
    name: `${town['name']}自动气象站`,
    en: `${town['en']} weather station`,
    at: scatter(random, pointOf(town), [300, 1_500]),
    countyCode: town['county_code'] ?? '',
  }));
  const areas = source.counties.map((county) => ringAreaKm2(county.ring));
  const shares = apportion(source.plan.counts.weather - inTowns.length, areas);
  const between = source.counties.flatMap((county, i) =>
    Array.from({ length: shares[i] ?? 0 }, (_, n) => ({
      name: `${county.name}${String(n + 1).padStart(2, '0')}号区域气象站`,
      en: `${county.en} area weather station ${String(n + 1).padStart(2, '0')}`,
      at: scatter(random, anywhere(random, county.ring), [0, 300]),
      countyCode: county.code,
    })),
  );
  return [...inTowns, ...between].map(({ name, en, at, countyCode }, i) => ({
    id: `aws-${String(i + 1).padStart(3, '0')}`,
    name,
    en,
    lon: at[0],
    lat: at[1],
    elevationM: elevation(at),
    countyCode,
  }));
}
