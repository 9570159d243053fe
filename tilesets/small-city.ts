// A made-up city of a few kilometres for the tests: one county, one river with a gauge and a dam, one peak.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallCity {
  /** Folder with the cities, for --cities. */
  cities: string;
  /** Folder of the one city, "small". */
  folder: string;
  /** An empty folder for the tiles. */
  out: string;
}

export function createSmallCity(): SmallCity {
  const root = mkdtempSync(join(tmpdir(), 'tiles-'));
  const cities = join(root, 'cities');
  const folder = join(cities, 'small');
  mkdirSync(join(folder, 'stations'), { recursive: true });
  const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  put('city.yaml', 'id: small\ntitle: { zh: 小城, en: Small }\nbounds: [105.0, 32.0, 105.2, 32.15]\n');
  const ring = [
    [105, 32],
    [105.2, 32],
    [105.2, 32.15],
    [105, 32.15],
    [105, 32],
  ];
  const seat = { name: '镇', lon: 105.11, lat: 32.075, elevationM: 512 };
  put(
    'counties.geojson',
    collection({ code: '1', id: 'one', name: { zh: '一县' }, kind: 'county', seat }, 'Polygon', [ring]),
  );
  const line = [
    [104.98, 32.17],
    [105.05, 32.12],
    [105.1, 32.07],
    [105.14, 32.04],
    [105.22, 31.98],
  ];
  put(
    'rivers.geojson',
    collection({ id: 'river', name: { zh: '河' }, order: 1, downstream: null }, 'LineString', line),
  );
  put(
    'lakes.geojson',
    collection({ id: 'lake', reservoir: 'dam' }, 'Polygon', [
      [
        [105.04, 32.12],
        [105.05, 32.13],
        [105.06, 32.12],
        [105.05, 32.11],
        [105.04, 32.12],
      ],
    ]),
  );
  put('peaks.csv', 'id,name,en,lon,lat,elevationM\npeak,峰,Peak,105.04,32.04,1400\n');
  put(
    'towns.csv',
    'code,name,en,county_code,kind,lon,lat,population\n1001,镇,Town,1,town,105.11,32.075,1200\n',
  );
  put('stations/river-gauges.csv', 'stcd,name,river,lon,lat,normalM\ng,站,river,105.1,32.07,505\n');
  put(
    'stations/reservoirs.csv',
    'id,name,river,lon,lat,normalM,floodLimitM\ndam,坝,river,105.05,32.12,560,555\n',
  );
  put('relief.yaml', 'seed: small\nmarginDeg: 0.02\nsummits: [[105.0, 32.0, 1000], [105.2, 32.15, 900]]\n');
  return { cities, folder, out: join(root, 'tiles') };
}

function collection(properties: object, type: string, coordinates: unknown): string {
  const features = [{ type: 'Feature', properties, geometry: { type, coordinates } }];
  return JSON.stringify({ type: 'FeatureCollection', features }, null, 1);
}
