import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { projectionOfEpsg } from '../crs.ts';
import { readFootprints } from './read-footprints.ts';

const folder = mkdtempSync(join(tmpdir(), 'footprints-'));
afterAll(() => rmSync(folder, { recursive: true }));

const square = (lon: number, lat: number, side: number): number[][] => [
  [lon, lat],
  [lon + side, lat],
  [lon + side, lat + side],
  [lon, lat + side],
  [lon, lat],
];

function geojson(
  name: string,
  features: { properties: object; geometry: object | null }[],
  extra: object = {},
): string {
  const file = join(folder, name);
  const all = features.map((feature) => ({ type: 'Feature', ...feature }));
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', ...extra, features: all }));
  return file;
}

const house = (
  properties: object,
  ring = square(105.8, 32.4, 0.0003),
): { properties: object; geometry: object } => ({
  properties,
  geometry: { type: 'Polygon', coordinates: [ring] },
});

describe('GeoJSON', () => {
  test('usual columns are found, words become uses, rings are turned', () => {
    const file = geojson('a.geojson', [
      house({ 编号: 'A1', 名称: '市医院', 高度: '45.5 m', 层数: 12, 用途: '医疗卫生', 建成年份: '2003年' }),
      house({ 编号: 'A2', 层数: 6, 用途: '住宅' }, [...square(105.81, 32.4, 0.0003)].reverse()),
    ]);
    const { buildings, notes } = readFootprints(file, {});
    expect(notes).toEqual([]);
    expect(buildings[0]).toMatchObject({
      id: 'A1',
      name: '市医院',
      heightM: 45.5,
      floors: 12,
      use: 'hospital',
      buildYear: 2003,
    });
    expect(buildings[1]).toMatchObject({ id: 'A2', heightM: 18, floors: 6, use: 'residential' });
    for (const { rings } of buildings) {
      expect(rings[0]).toHaveLength(4);
      const [[ax, ay], [bx, by], [cx, cy]] = rings[0] as [
        [number, number],
        [number, number],
        [number, number],
      ];
      expect((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)).toBeGreaterThan(0);
    }
  });

  test('columns of other names are given, those without heights are left out and told', () => {
    const file = geojson('b.geojson', [house({ h: 9 }), house({ h: null }), house({ h: '' })]);
    const { buildings, notes } = readFootprints(file, { heightM: 'h' });
    expect(buildings).toHaveLength(1);
    expect(notes[0]).toContain('2 of 3 footprints have no height');
    expect(notes[0]).toContain('features 2, 3');
  });

  test('holes stay, parts of a MultiPolygon get names of their own', () => {
    const outer = square(105.8, 32.4, 0.001);
    const hole = square(105.8003, 32.4003, 0.0003);
    const file = geojson('c.geojson', [
      {
        properties: { id: 7, height: 10 },
        geometry: { type: 'MultiPolygon', coordinates: [[outer, hole], [square(105.9, 32.4, 0.0003)]] },
      },
    ]);
    const { buildings } = readFootprints(file, {});
    expect(buildings.map(({ id }) => id)).toEqual(['7', '7-2']);
    expect(buildings[0]!.rings).toHaveLength(2);
  });

  test.each([
    [
      'none',
      [house({ colour: 'red' })],
      /No column holds heights.*colour.*--buildings-fields heightM=COLUMN/,
    ],
    ['word', [house({ height: 'tall' })], /height is "tall" → .*word\.geojson feature 1 → Give a number/],
    [
      'point',
      [{ properties: { height: 3 }, geometry: { type: 'Point', coordinates: [105, 32] } }],
      /Geometry is Point.*feature 1/,
    ],
    [
      'metres',
      [house({ height: 3 }, square(500_000, 3_590_000, 20))],
      /500000, 3590000 is outside the world.*WGS-84/,
    ],
  ])('%s: the error names the feature and the way out', (name, features, message) => {
    expect(() => readFootprints(geojson(`${name}.geojson`, features), {})).toThrow(message);
  });

  test('a named reference system is converted', () => {
    const [x, y] = projectionOfEpsg(4544, '')!.fromDegrees(105.8, 32.4);
    const crs = { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4544' } } };
    const { buildings } = readFootprints(
      geojson('gk.geojson', [house({ height: 9 }, square(x, y, 20))], crs),
      {},
    );
    expect(buildings[0]!.rings[0]![0]![0]).toBeCloseTo(105.8, 6);
    expect(buildings[0]!.rings[0]![0]![1]).toBeCloseTo(32.4, 6);
  });
});

/** Writes one polygon with a name in GBK and a height: the smallest sound Shapefile. */
function shapefile(name: string, ring: number[][], prj: string | null): string {
  const points = [...ring].reverse();
  const content = Buffer.alloc(4 + 32 + 8 + 4 + 16 * points.length);
  content.writeInt32LE(5, 0);
  const [xs, ys] = [points.map((p) => p[0]!), points.map((p) => p[1]!)];
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  box.forEach((value, k) => content.writeDoubleLE(value, 4 + 8 * k));
  content.writeInt32LE(1, 36);
  content.writeInt32LE(points.length, 40);
  points.forEach(([x, y], k) => {
    content.writeDoubleLE(x!, 48 + 16 * k);
    content.writeDoubleLE(y!, 56 + 16 * k);
  });
  const shp = Buffer.alloc(100 + 8);
  shp.writeInt32BE(9994, 0);
  shp.writeInt32BE((108 + content.length) / 2, 24);
  shp.writeInt32LE(1000, 28);
  shp.writeInt32LE(5, 32);
  box.forEach((value, k) => shp.writeDoubleLE(value, 36 + 8 * k));
  shp.writeInt32BE(1, 100);
  shp.writeInt32BE(content.length / 2, 104);
  writeFileSync(join(folder, `${name}.shp`), Buffer.concat([shp, content]));
  const dbf = Buffer.alloc(32 + 2 * 32 + 1 + 1 + 10 + 8, 0x20);
  dbf.fill(0, 0, 96);
  dbf[0] = 3;
  dbf.writeUInt32LE(1, 4);
  dbf.writeUInt16LE(97, 8);
  dbf.writeUInt16LE(19, 10);
  for (const [k, field, type, length] of [
    [0, 'NAME', 'C', 10],
    [1, 'HEIGHT', 'N', 8],
  ] as const) {
    dbf.write(field, 32 + 32 * k, 'latin1');
    dbf.write(type, 32 + 32 * k + 11, 'latin1');
    dbf[32 + 32 * k + 16] = length;
  }
  dbf[96] = 0x0d;
  Buffer.from([0xd1, 0xa7, 0xd0, 0xa3]).copy(dbf, 98); // 学校 in GBK
  dbf.write('    21.0', 108, 'latin1');
  writeFileSync(join(folder, `${name}.dbf`), dbf);
  writeFileSync(join(folder, `${name}.cpg`), 'GBK');
  if (prj !== null) writeFileSync(join(folder, `${name}.prj`), prj);
  return join(folder, `${name}.shp`);
}

const GEOGRAPHIC =
  'GEOGCS["China Geodetic Coordinate System 2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]';
const GAUSS_KRUEGER = `PROJCS["CGCS2000_3_Degree_GK_CM_105E",${GEOGRAPHIC},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000],PARAMETER["False_Northing",0],PARAMETER["Central_Meridian",105],PARAMETER["Scale_Factor",1],PARAMETER["Latitude_Of_Origin",0],UNIT["Meter",1]]`;

describe('Shapefile', () => {
  test('shapes, columns and Chinese text', () => {
    const { buildings } = readFootprints(shapefile('plain', square(105.8, 32.4, 0.0003), GEOGRAPHIC), {
      use: 'NAME',
    });
    expect(buildings[0]).toMatchObject({ name: '学校', heightM: 21, floors: 7, use: 'school' });
    expect(buildings[0]!.rings[0]).toHaveLength(4);
  });

  test('Gauss–Krüger is converted', () => {
    const [x, y] = projectionOfEpsg(4544, '')!.fromDegrees(105.8, 32.4);
    const { buildings } = readFootprints(shapefile('gk', square(x, y, 20), GAUSS_KRUEGER), {});
    expect(buildings[0]!.rings[0]![0]![0]).toBeCloseTo(105.8, 3);
    expect(buildings[0]!.rings[0]![0]![1]).toBeCloseTo(32.4, 3);
  });

  test('a missing part is named', () => {
    expect(() => readFootprints(shapefile('bare', square(105.8, 32.4, 0.0003), null), {})).toThrow(
      /bare\.prj → Copy it/,
    );
    expect(() => readFootprints(join(folder, 'nowhere.shp'), {})).toThrow(/nowhere\.shp → Check the path/);
  });
});
