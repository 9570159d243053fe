import { expect, test } from 'vitest';
import { basemapSchema, originsOf, resolveBasemap } from './basemap-settings.ts';

const resolve = (settings: unknown, env: Record<string, string> = {}) =>
  resolveBasemap(basemapSchema.parse(settings), env);

test('nothing is configured by default and nothing may be asked', () => {
  const basemap = resolve(undefined);
  expect(basemap).toEqual({ imagery: [], terrain: null, tilesets: [] });
  expect(originsOf(basemap)).toEqual([]);
});

test('a WMTS becomes an address for each tile', () => {
  const { imagery } = resolve({
    imagery: [
      {
        kind: 'wmts',
        url: 'https://maps.example.org/wmts?v=2',
        layer: 'dom',
        tileMatrixSet: 'c',
        scheme: 'geographic',
        levelOffset: 1,
        credit: '市测绘院',
      },
    ],
  });
  expect(imagery[0]).toMatchObject({
    scheme: 'geographic',
    levelOffset: 1,
    opacity: 1,
    maxZoom: 18,
    credit: '市测绘院',
  });
  expect(imagery[0]!.url).toBe(
    'https://maps.example.org/wmts?v=2&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=dom&STYLE=default&TILEMATRIXSET=c&FORMAT=image%2Fpng&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}',
  );
});

test('天地图 takes its key from the environment and its eight hosts are allowed', () => {
  const basemap = resolve({ imagery: [{ kind: 'tianditu', layer: 'img' }] }, { TIANDITU_KEY: 'k 1' });
  expect(basemap.imagery[0]!.url).toContain('https://t{s}.tianditu.gov.cn/img_w/wmts?tk=k%201&');
  expect(basemap.imagery[0]!.credit).toBe('天地图');
  expect(originsOf(basemap)).toHaveLength(8);
  expect(originsOf(basemap)).toContain('https://t7.tianditu.gov.cn');
  expect(() => resolve({ imagery: [{ kind: 'tianditu', layer: 'img' }] })).toThrow(
    'basemap.imagery.0.keyEnv: the environment has no TIANDITU_KEY',
  );
});

test('origins of every kind, each once', () => {
  const basemap = resolve({
    imagery: [{ kind: 'xyz', url: 'http://tiles.example.org:8080/{z}/{x}/{y}.png', credit: 'a' }],
    terrain: { url: 'https://terrain.example.org/world/', credit: 'b' },
    tilesets: [
      { url: 'https://terrain.example.org/city/tileset.json', credit: 'c' },
      { url: 'https://models.example.org/tileset.json', credit: 'd' },
    ],
  });
  expect(originsOf(basemap)).toEqual([
    'http://tiles.example.org:8080',
    'https://models.example.org',
    'https://terrain.example.org',
  ]);
});

test.each([
  [{ imagery: [{ kind: 'xyz', url: 'tiles/{z}', credit: 'a' }] }, /absolute address/],
  [{ imagery: [{ kind: 'xyz', url: 'https://a.example.org/{z}/{x}/{y}' }] }, /credit/],
  [{ imagery: [{ kind: 'bing', credit: 'a' }] }, /kind/],
])('settings that cannot work are refused: %j', (settings, message) => {
  expect(() => resolve(settings)).toThrow(message);
});
