import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { locatedRows } from './check.ts';
import { insideRing, nearestOnLine, ringAreaKm2, type Point } from './geometry.ts';
import { CityError, listCities, loadCity, type City } from './load.ts';
import { generatedFiles } from './tools/generated-files.ts';

const root = import.meta.dirname;
const ids = listCities();
const cities = Object.fromEntries(ids.map((id) => [id, loadCity(id)]));
const guangyuan = cities['guangyuan'] as City;
const ringOf = (county: City['counties'][number]): Point[] => county.geometry.coordinates[0] ?? [];
const countiesOf = (city: City) => city.counties.filter(({ properties }) => properties.kind === 'county');

it('finds both cities', () => {
  expect(ids).toEqual(['guangyuan', 'testville']);
});

describe.each(ids)('%s', (id) => {
  const city = cities[id] as City;

  it('has counties whose polygons are as large as stated', () => {
    for (const county of countiesOf(city)) {
      const { name, areaKm2 } = county.properties;
      expect(Math.abs(ringAreaKm2(ringOf(county)) / areaKm2 - 1), name.zh).toBeLessThan(0.03);
    }
  });

  it('has counties that share their borders without gaps or overlaps', () => {
    const uses = new Map<string, number>();
    const outer = new Map<string, number>();
    for (const county of countiesOf(city)) {
      const ring = ringOf(county);
      for (let i = 1; i < ring.length; i++) {
        const edge = [String(ring[i - 1]), String(ring[i])].sort().join(' ');
        uses.set(edge, (uses.get(edge) ?? 0) + 1);
      }
    }
    for (const [edge, count] of uses) {
      expect(count, edge).toBeLessThanOrEqual(2);
      if (count === 1) for (const end of edge.split(' ')) outer.set(end, (outer.get(end) ?? 0) + 1);
    }
    expect([...outer.values()].every((count) => count === 2)).toBe(true); // the outer border is one closed chain
    expect([...uses.values()].filter((count) => count === 2).length).toBeGreaterThan(0);
  });

  it('puts every town inside its county and nowhere twice', () => {
    const rings = new Map(countiesOf(city).map((county) => [county.properties.code, ringOf(county)]));
    for (const { lon, lat, countyCode, code, name } of city.towns) {
      expect(insideRing([lon, lat], rings.get(countyCode) ?? []), name).toBe(true);
      expect(code.startsWith(countyCode), name).toBe(true);
    }
    expect(new Set(city.towns.map(({ lon, lat }) => `${lon},${lat}`)).size).toBe(city.towns.length);
  });

  it('keeps everything with a position inside the bounds', () => {
    const [west, south, east, north] = city.profile.bounds;
    for (const [file, rows] of Object.entries(locatedRows(city))) {
      for (const { id: row, lon, lat } of rows) {
        expect(lon >= west && lon <= east && lat >= south && lat <= north, `${file} ${row}`).toBe(true);
      }
    }
    for (const county of city.counties) {
      for (const [lon, lat] of ringOf(county)) {
        expect(lon >= west && lon <= east && lat >= south && lat <= north, county.properties.id).toBe(true);
      }
    }
  });

  it('has people who add up', () => {
    const sum = (list: (number | null)[]): number => list.reduce<number>((a, b) => a + (b ?? 0), 0);
    expect(sum(city.counties.map(({ properties }) => properties.population))).toBe(city.profile.population);
    for (const { properties } of countiesOf(city)) {
      const towns = city.towns.filter(({ countyCode }) => countyCode === properties.code);
      expect(sum(towns.map(({ population }) => population)), properties.id).toBe(properties.population);
    }
  });

  it('lists the counties in the order of the profile', () => {
    expect(city.counties.map(({ properties }) => properties.code)).toEqual(city.profile.countyOrder);
  });

  it('has gauges, dams and sections near their rivers and stages in order', () => {
    const lines = new Map(
      city.rivers.map(({ properties, geometry }) => [properties.id, geometry.coordinates]),
    );
    const near = (river: string, lon: number, lat: number): number =>
      nearestOnLine([lon, lat], lines.get(river) ?? []).metres;
    for (const { name, river, lon, lat, normalM, warningM, guaranteeM } of city.stations['river-gauges']) {
      expect(near(river, lon, lat), name).toBeLessThan(1500);
      expect(normalM < warningM && warningM < guaranteeM, name).toBe(true);
    }
    for (const { name, river, lon, lat } of city.stations['water-sections']) {
      expect(near(river, lon, lat), name).toBeLessThan(1500);
    }
    for (const { name, deadM, floodLimitM, normalM, designM, checkM } of city.stations.reservoirs) {
      const levels = [deadM, floodLimitM, normalM, designM, checkM].filter((level) => level !== null);
      expect(levels, name).toEqual([...levels].sort((a, b) => a - b));
    }
  });

  it('has storage curves that only rise', () => {
    const last = new Map<string, { levelM: number; storage1e8m3: number }>();
    for (const point of city.stations['storage-curves']) {
      const before = last.get(point.reservoir);
      if (before) expect(point.levelM > before.levelM && point.storage1e8m3 > before.storage1e8m3).toBe(true);
      last.set(point.reservoir, point);
    }
    expect(last.size).toBeGreaterThan(0);
  });

  it('has a calendar that is complete from 2024 to 2027', () => {
    const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
    expect(city.calendar.timeZone).toBe(city.profile.timeZone);
    expect(city.calendar.years.map(({ year }) => year)).toEqual([2024, 2025, 2026, 2027]);
    for (const { year, provisional, holidays, shiftedWorkdays } of city.calendar.years) {
      for (const needed of [
        'new-year',
        'spring-festival',
        'qingming',
        'labour-day',
        'dragon-boat',
        'national-day',
      ]) {
        expect(
          holidays.map((holiday) => holiday.id),
          String(year),
        ).toContain(needed);
      }
      expect(holidays.filter(({ goldenWeek }) => goldenWeek).map(({ from }) => from)).toEqual([
        `${year}-05-01`,
        `${year}-10-01`,
      ]);
      for (const { from, to } of holidays) expect(from <= to && from.startsWith(String(year))).toBe(true);
      for (const day of shiftedWorkdays) {
        expect(weekday(day), day).toBeGreaterThan(5);
        expect(
          holidays.some(({ from, to }) => from <= day && day <= to),
          day,
        ).toBe(false);
      }
      expect(provisional || shiftedWorkdays.length > 0).toBe(true);
    }
  });

  it('has settings for exactly the feeds of docs/upstreams.md, each carried by its system', () => {
    const page = readFileSync(join(root, '..', 'docs', 'upstreams.md'), 'utf8');
    const slugs = [...page.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map((match) => match[1]);
    expect(Object.keys(city.feeds).sort()).toEqual(slugs.sort());
    for (const [slug, { system }] of Object.entries(city.feeds)) {
      expect(city.systems.find((each) => each.id === system)?.connected, slug).toContain(slug);
    }
  });

  it('finds every town and county in its gazetteer, by pinyin too', () => {
    const known = new Map(city.gazetteer.map((entry) => [entry.id, entry]));
    for (const { code, name } of city.towns) expect(known.get(code)?.name).toBe(name);
    for (const { properties } of city.counties)
      expect(known.get(properties.code)?.pinyin).toMatch(/^[a-z0-9]+$/);
  });

  it.each(generatedFiles(root, id))(
    'has a %s that a fresh run repeats byte for byte',
    async (file, build) => {
      expect(await build(root, id)).toBe(readFileSync(join(root, id, file), 'utf8'));
    },
  );
});

describe('guangyuan in numbers', () => {
  it('holds the 55 numbered systems and the named and external ones', () => {
    const inBox = (box: number): number =>
      guangyuan.systems.filter(({ no }) => no?.startsWith(`${box}-`)).length;
    expect([1, 2, 3, 4, 5, 6, 7].map(inBox)).toEqual([6, 7, 13, 8, 8, 9, 4]);
    expect(new Set(guangyuan.systems.flatMap(({ no }) => no ?? [])).size).toBe(55);
    expect(guangyuan.systems.filter(({ id }) => id.startsWith('x-')).length).toBe(18);
    expect(guangyuan.systems.length).toBe(82);
  });

  it('gives every system one owner department', () => {
    const owned = guangyuan.organisation.departments.flatMap(({ systems }) => systems).sort();
    expect(owned).toEqual(guangyuan.systems.map(({ id }) => id).sort());
  });

  it('has seven counties and the development zone inside Lizhou', () => {
    expect(countiesOf(guangyuan).length).toBe(7);
    const overlay = guangyuan.counties.at(-1);
    const lizhou = guangyuan.counties[0];
    if (!overlay || !lizhou) throw new Error('counties are missing');
    expect(overlay.properties.kind).toBe('overlay');
    expect(ringOf(overlay).every((point) => insideRing(point, ringOf(lizhou)))).toBe(true);
  });

  it('has the station counts the plan names', () => {
    const counts = Object.fromEntries(
      Object.entries(guangyuan.stations).map(([file, rows]) => [file, rows.length]),
    );
    expect(counts).toMatchObject({
      'river-gauges': 24,
      air: 11,
      'water-sections': 15,
      outfalls: 180,
      noise: 40,
      radiation: 6,
      weather: 290,
      'flow-stations': 23,
      roadside: 300,
      'slope-monitors': 1394,
      'fire-panels': 300,
      'rain-gauges': guangyuan.towns.length + 2,
    });
  });

  it('keeps towns, shelters and hospitals out of the lakes', () => {
    const shores = guangyuan.lakes.map(({ geometry }) => geometry.coordinates[0] ?? []);
    const dry = (point: Point, name: string): void => {
      expect(
        shores.some((shore) => insideRing(point, shore)),
        name,
      ).toBe(false);
    };
    for (const { lon, lat, name } of guangyuan.towns) dry([lon, lat], name);
    for (const { properties, geometry } of guangyuan.places) {
      if (['shelter', 'hospital', 'school'].includes(properties.kind))
        dry(geometry.coordinates, properties.name.zh);
    }
  });
});

describe('a broken package', () => {
  const copies: string[] = [];
  afterAll(() => {
    for (const copy of copies) rmSync(copy, { recursive: true });
  });

  const broken = (file: string, change: (text: string) => string): (() => City) => {
    const copy = mkdtempSync(join(tmpdir(), 'city-'));
    copies.push(copy);
    cpSync(join(root, 'testville'), join(copy, 'testville'), { recursive: true });
    const path = join(copy, 'testville', file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return () => loadCity('testville', copy);
  };

  it.each([
    [
      'an unknown key',
      'city.yaml',
      'areaKm2:',
      'areaKm3: 1\nareaKm2:',
      /cities\/testville\/city.yaml: unknown areaKm3/,
    ],
    ['broken YAML', 'city.yaml', 'notes:', 'notes: [', /city.yaml:\d+/],
    ['a wrong number', 'towns.csv', '84.15,', '84.15E,', /towns.csv:2: lon: must be a plain number/],
    ['a missing value', 'towns.csv', '990101001,', '', /towns.csv:2: 8 values for 9 columns/],
    ['an unknown column', 'stations/air.csv', 'citySet', 'citySett', /air.csv:2: .*citySet/],
    [
      'a wrong county',
      'towns.csv',
      '990101,town',
      '990102,town',
      /990101100 says county 990102 but lies in 990101/,
    ],
    [
      'a point outside',
      'stations/air.csv',
      '84.151',
      '94.151',
      /air-west at 94.151,41.204 is outside the bounds/,
    ],
    ['a repeated id', 'stations/air.csv', 'air-east', 'air-west', /"air-west" appears twice/],
    [
      'an unknown river',
      'stations/river-gauges.csv',
      ',beihe,',
      ',nanhe,',
      /names river "nanhe", which does not exist/,
    ],
    [
      'a place without its fields',
      'places.geojson',
      '"beds"',
      '"bedz"',
      /places.geojson: features.0.properties.*beds/,
    ],
    ['an unknown kind of place', 'places.geojson', '"hospital",', '"clinic",', /features.0.properties.kind/],
    ['an unknown feed', 'systems/smart-fire.yaml', 'fire-panel', 'fire-panels', /names feed "fire-panels"/],
    [
      'a misnamed system',
      'systems/smart-fire.yaml',
      'id: smart-fire',
      'id: dumb-fire',
      /rename the file to dumb-fire/,
    ],
    [
      'an unknown time zone',
      'city.yaml',
      'Asia/Urumqi',
      'Asia/Nowhere',
      /timeZone: must be an IANA time zone/,
    ],
    ['a day that is none', 'calendar.yaml', '2024-02-10', '2024-02-30', /calendar.yaml: years.0.holidays/],
  ])('names the place of %s', (_, file, from, to, message) => {
    const load = broken(file, (text) => text.replace(from, to));
    expect(load).toThrow(CityError);
    expect(load).toThrow(message);
  });

  it('names a missing file', () => {
    const copy = mkdtempSync(join(tmpdir(), 'city-'));
    copies.push(copy);
    cpSync(join(root, 'testville'), join(copy, 'testville'), { recursive: true });
    rmSync(join(copy, 'testville', 'roads.geojson'));
    expect(() => loadCity('testville', copy)).toThrow(/roads.geojson: cannot be read/);
  });

  it('names the cities there are when asked for another', () => {
    expect(() => loadCity('atlantis')).toThrow(/guangyuan, testville/);
  });
});

it('has villages of its towns, apart from each other, with names that none of its places has', () => {
  const towns = new Map(guangyuan.towns.map((town) => [town.code, town]));
  const names = new Set(guangyuan.villages.map(({ name }) => name));
  expect(guangyuan.villages.length).toBeGreaterThan(1000);
  expect(names.size).toBe(guangyuan.villages.length);
  for (const { code, townCode, residents, name } of guangyuan.villages) {
    expect(code.startsWith(townCode), name).toBe(true);
    expect(['town', 'township'], name).toContain(towns.get(townCode)?.kind);
    expect(residents, name).toBeGreaterThan(0);
  }
  const found = guangyuan.gazetteer.filter(({ kind }) => kind === 'village');
  expect(found.map(({ id }) => id)).toEqual(guangyuan.villages.map(({ code }) => code));
  expect(found.every(({ pinyin, initials }) => pinyin.length > initials.length)).toBe(true);
});

it('refuses villages that are more than their town, or of no town', () => {
  const folder = mkdtempSync(join(tmpdir(), 'villages-'));
  cpSync(join(root, 'testville'), join(folder, 'testville'), { recursive: true });
  const write = (row: string): void =>
    writeFileSync(
      join(folder, 'testville', 'villages.csv'),
      `code,name,en,townCode,lon,lat,residents,countyCode\n${row}\n`,
    );
  write('990102200201,上沟村,Shanggou,990102200,84.52,41.08,12001,990102');
  expect(() => loadCity('testville', folder)).toThrow('villages of 林场乡 have 12001 residents');
  write('990102999201,上沟村,Shanggou,990102200,84.52,41.08,100,990102');
  expect(() => loadCity('testville', folder)).toThrow('is no village of town');
  write('990102200201,上沟村,Shanggou,990102200,84.52,41.08,100,990102');
  expect(loadCity('testville', folder).villages).toHaveLength(1);
  rmSync(folder, { recursive: true });
});
