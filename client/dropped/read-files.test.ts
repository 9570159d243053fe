// What people drop, by table: formats, encodings, orders, systems, and the sentence for what cannot be read.
import { zipSync } from 'fflate';
import fc from 'fast-check';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import type { ReadLayer } from '../stores/temporary.ts';
import { coordinateColumns, numberOf } from './csv.ts';
import { readFiles, shifted, type NamedBytes, type Outcome } from './read-files.ts';
import { dbfOf, shpOf } from './shapefile.test-kit.ts';
import { decodeText } from './text.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const file = (name: string, content: string | Uint8Array): NamedBytes => ({
  name,
  bytes: typeof content === 'string' ? bytesOf(content) : new Uint8Array(content),
});
const layerOf = (outcome: Outcome | undefined): ReadLayer => {
  if (!outcome || !('layer' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.layer;
};
const read = async (...files: NamedBytes[]): Promise<ReadLayer> => layerOf((await readFiles(files))[0]);
const refused = async (...files: NamedBytes[]): Promise<string> => {
  const [outcome] = await readFiles(files);
  if (!outcome || !('refused' in outcome)) throw new Error('it was read');
  return outcome.refused.reason.zh;
};
const notesOf = ({ notes }: ReadLayer): string => notes.map(({ zh }) => zh).join(' ');
/** 站名,经度,纬度 in GBK */
const GBK_HEAD = Uint8Array.of(
  0xd5,
  0xbe,
  0xc3,
  0xfb,
  0x2c,
  0xbe,
  0xad,
  0xb6,
  0xc8,
  0x2c,
  0xce,
  0xb3,
  0xb6,
  0xc8,
);
const point = (lon: number, lat: number, properties = {}): object => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [lon, lat, 512] },
});
const collection = (features: object[], more = {}): string =>
  JSON.stringify({ type: 'FeatureCollection', features, ...more });

describe('formats', () => {
  it('GeoJSON, with names, heights left out and members of collections one by one', async () => {
    const both = { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [105.9, 32.5] }, { type: 'LineString', coordinates: [[105.8, 32.4], [106, 32.6]] }] }; // prettier-ignore
    const layer = await read(file('a.geojson', collection([point(105.8, 32.4, { 名称: '甲', tags: { a: 1 } }), { type: 'Feature', properties: null, geometry: both }]))); // prettier-ignore
    expect(layer.features.map(({ name, geometry }) => [name, geometry.type])).toEqual([['甲', 'Point'], ['2', 'Point'], ['3', 'LineString']]); // prettier-ignore
    expect(layer.features[0]?.geometry).toEqual({ type: 'Point', coordinates: [105.8, 32.4] });
    expect(layer.features[0]?.properties).toEqual({ 名称: '甲', tags: '{"a":1}' });
    expect(layer.bounds).toEqual([105.8, 32.4, 106, 32.6]);
  });

  it.each([
    ['names in Chinese', '站名,经度,纬度\n甲,105.8,32.4\n乙,105.9,32.5\n', ['甲', '乙']],
    [
      'names in English, by semicolon, with a mark of order',
      '\uFEFFlat;lng;name\n32.4;105.8;a\n32.5;105.9;b\n',
      ['a', 'b'],
    ],
    ['no names that say so', 'a\tb\tc\nx\t105.8\t32.4\ny\t105.9\t32.5\n', ['1', '2']],
    ['no names at all', '105.8,32.4,x\n105.9,32.5,y\n', ['1', '2']],
    ['quoted fields', 'name,x,y\n"a, b",105.8,32.4\n"c ""d""",105.9,32.5\n', ['a, b', 'c "d"']],
  ])('CSV with %s', async (_, text, names) => {
    const layer = await read(file('a.csv', text));
    expect(layer.features.map(({ name }) => name)).toEqual(names);
    expect(layer.features[1]?.geometry).toEqual({ type: 'Point', coordinates: [105.9, 32.5] });
  });

  it('CSV in GBK', async () => {
    const layer = await read(file('a.csv', new Uint8Array([...GBK_HEAD, ...bytesOf('\n1,105.8,32.4\n')])));
    expect(Object.keys(layer.features[0]?.properties ?? {})).toEqual(['站名', '经度', '纬度']);
    expect(notesOf(layer)).toContain('经度、纬度');
  });

  it('KML, and KMZ as an archive of it', async () => {
    const kml = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>坝</name><Point><coordinates>105.8,32.4,0</coordinates></Point></Placemark>
      <Placemark><name>圈</name><Polygon><outerBoundaryIs><LinearRing><coordinates>105,32 106,32 106,33 105,32</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>`;
    const layer = await read(file('a.kml', kml));
    expect(layer.features.map(({ name, geometry }) => [name, geometry.type])).toEqual([['坝', 'Point'], ['圈', 'Polygon']]); // prettier-ignore
    const packed = await read(file('b.kmz', zipSync({ 'doc.kml': bytesOf(kml) })));
    expect([packed.name, packed.features]).toEqual(['b.kmz · doc.kml', layer.features]);
  });

  it('GPX: points and tracks', async () => {
    const gpx = `<gpx version="1.1"><wpt lat="32.4" lon="105.8"><name>起点</name></wpt><trk><name>巡线</name><trkseg><trkpt lat="32.4" lon="105.8"/><trkpt lat="32.5" lon="105.9"/></trkseg></trk></gpx>`; // prettier-ignore
    const { features } = await read(file('a.gpx', gpx));
    expect(features.map(({ name, geometry }) => [name, geometry.type]).sort()).toEqual([['巡线', 'LineString'], ['起点', 'Point']]); // prettier-ignore
  });

  it('Shapefile: parts together, or an archive, by its .prj and in its encoding', async () => {
    const definition = '+proj=tmerc +lat_0=0 +lon_0=105 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m';
    const [x, y] = proj4(definition).forward<[number, number]>([105.8, 32.4]);
    const prj = 'PROJCS["CGCS2000_3_Degree_GK_CM_105E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'; // prettier-ignore
    const gbk = Uint8Array.of(0xb9, 0xe3, 0xd4, 0xaa); // 广元
    const parts = [
      file('x/T.shp', shpOf([[x, y]])),
      file('x/T.dbf', dbfOf('NAME', [gbk])),
      file('x/T.prj', prj),
    ];
    const layer = await read(...parts);
    expect(layer.features[0]).toMatchObject({ name: '广元', properties: { NAME: '广元' } });
    const [lon, lat] = layer.features[0]?.geometry.coordinates as [number, number];
    expect(Math.hypot(lon - 105.8, lat - 32.4)).toBeLessThan(1e-7);
    const zip = zipSync(Object.fromEntries(parts.map(({ name, bytes }) => [name, bytes])));
    expect((await read(file('t.zip', zip))).features).toEqual(layer.features);
    expect(await refused(...parts.slice(0, 2))).toContain('.prj');
    expect(await refused(...parts.slice(1))).toContain('缺少 .shp');
    expect(notesOf(await read(parts[0] as NamedBytes, parts[2] as NamedBytes))).toContain('没有 .dbf');
  });
});

describe('positions', () => {
  it('in the wrong order are put right, and that is said', async () => {
    const layer = await read(file('a.geojson', collection([point(32.4, 105.8), point(32.5, 105.9)])));
    expect(layer.features[0]?.geometry.coordinates).toEqual([105.8, 32.4]);
    expect(notesOf(layer)).toContain('次序颠倒');
  });

  it('in metres are converted where the file says of which system, and refused where it does not', async () => {
    const [x, y] = proj4('EPSG:3857').forward<[number, number]>([105.8, 32.4]);
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } };
    const layer = await read(file('a.geojson', collection([point(x, y)], { crs })));
    expect(layer.bounds?.[0]).toBeCloseTo(105.8, 6);
    expect(await refused(file('b.geojson', collection([point(x, y)])))).toContain('投影坐标');
    expect(await refused(file('c.geojson', collection([point(x, y)], { crs: { properties: { name: 'EPSG:2437' } } })))).toContain('EPSG:2437'); // prettier-ignore
  });

  it('that are missing or no numbers are left out and counted', async () => {
    const layer = await read(file('a.csv', 'name,lon,lat\na,105.8,32.4\nb,,\nc,east,north\nd,105.9,91\n'));
    expect(layer.features.map(({ name }) => name)).toEqual(['a']);
    expect(notesOf(layer)).toContain('3 个没有可用位置');
  });

  it('of GCJ-02 are put right where the column says so, and by hand there and back', async () => {
    const plain = await read(file('a.csv', 'name,lon,lat\na,105.8,32.4\n'));
    const named = await read(file('b.csv', 'name,gcj02_lon,gcj02_lat\na,105.8,32.4\n'));
    expect([plain.isShifted, named.isShifted]).toEqual([false, true]);
    const [lon, lat] = named.features[0]?.geometry.coordinates as [number, number];
    expect(Math.hypot(lon - 105.8, lat - 32.4)).toBeGreaterThan(1e-3);
    const [back] = shifted(named).features;
    expect(back?.geometry.coordinates[0]).toBeCloseTo(105.8, 5);
  });
});

describe('what cannot be read says why and what to do', () => {
  it.each([
    ['a.geojson', '{"type":"FeatureCollection","features":[', '不是完整的 JSON'],
    ['a.json', '{"a":1}', 'type'],
    ['a.json', '{"type":"Topology","arcs":[]}', 'TopoJSON'],
    ['tileset.json', '{"asset":{"version":"1.1"},"geometricError":1,"root":{}}', '3D Tiles'],
    ['a.geojson', collection([]), '没有带位置的对象'],
    ['a.csv', 'name,height\na,3\n', '「经度」「纬度」（现有：name、height）'],
    ['a.kml', '<kml><Document><Placemark>', '不是完整的 KML'],
    ['a.gpx', 'hello', '不是完整的 GPX'],
    ['a.dwg', 'AC1032', '.dwg'],
    ['a.shp', 'short', '.shp 不完整'],
    ['a.zip', 'PK\u0003\u0004broken', '读不懂'],
  ])('%s: %s', async (name, text, sentence) => {
    expect(await refused(file(name, text))).toContain(sentence);
  });

  it('an archive of nothing useful, of 3D Tiles, and one file of several', async () => {
    expect(await refused(file('a.zip', zipSync({ 'a.docx': bytesOf('x') })))).toContain('没有可以显示的文件');
    expect(await refused(file('b.zip', zipSync({ 't/tileset.json': bytesOf('{}') })))).toContain('3D Tiles');
    const outcomes = await readFiles([file('a.dwg', 'x'), file('b.csv', 'lon,lat\n105.8,32.4\n')]);
    expect(outcomes.map((one) => 'layer' in one)).toEqual([false, true]);
  });

  it('any bytes under any name end in a layer or a sentence', async () => {
    const kinds = fc.constantFrom('geojson', 'csv', 'kml', 'gpx', 'shp', 'dbf', 'zip', 'kmz', 'txt');
    const seeds = fc.constantFrom('', '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,2],[3', '<kml></kml>', 'lon,lat\n1,2', '{"type":"Point","coordinates":[[1]]}'); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(kinds, seeds, fc.uint8Array({ maxLength: 200 }), async (kind, seed, noise) => {
        const [outcome] = await readFiles([file(`a.${kind}`, new Uint8Array([...bytesOf(seed), ...noise]))]);
        expect(outcome && ('layer' in outcome || outcome.refused.reason.zh.length > 5)).toBeTruthy();
      }),
      { numRuns: 300 },
    );
  });
});

it.each([
  [['id', '经度', '纬度'], '经度', '纬度'],
  [['LNG', 'LAT'], 'LNG', 'LAT'],
  [['x', 'y', 'name'], 'x', 'y'],
  [['start_lon', 'start_lat'], 'start_lon', 'start_lat'],
])('columns of coordinates among %j', (names, lon, lat) => {
  expect(coordinateColumns(names, [])).toMatchObject({ lon, lat });
});

it('numbers as people write them', () => {
  expect(['105.8°E', ' 32.4 ', '北纬32.4', '', 'east', null].map(numberOf)).toEqual([105.8, 32.4, 32.4, null, null, null]); // prettier-ignore
  expect(decodeText(GBK_HEAD)).toEqual({ text: '站名,经度,纬度', encoding: 'gb18030' });
});
