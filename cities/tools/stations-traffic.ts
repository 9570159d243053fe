// Traffic count stations and roadside points, spread over the road lines by length and road class.
import type { Point } from '../geometry.ts';
import { apportion, createRandom } from './random.ts';
import { lineLengthKm, placesAlong } from './scatter.ts';
import type { Feature, Source } from './source.ts';

// Points wanted per kilometre of road, relative: streets are watched densely, national roads thinly.
const DENSITY: Record<string, number> = { expressway: 1, national: 0.55, provincial: 0.4, street: 4 };

const line = (road: Feature): Point[] => road.geometry.coordinates as Point[];
const refOf = (road: Feature): string => String(road.properties['ref'] ?? road.properties.name.zh);
const two = (n: number): string => String(n).padStart(2, '0');

function spread(source: Source, roads: readonly Feature[], count: number) {
  const weights = roads.map(
    (road) => lineLengthKm(line(road)) * (DENSITY[String(road.properties['class'])] ?? 0.4),
  );
  const shares = apportion(count, weights);
  return roads.flatMap((road, i) =>
    placesAlong(source, line(road), shares[i] ?? 0).map(({ at, km }, n) => ({ road, at, km, n: n + 1 })),
  );
}

export function buildFlowStations(source: Source) {
  const main = source.features('roads.geojson').filter((road) => road.properties['class'] !== 'street');
  return spread(source, main, source.plan.counts.flowStations).map(({ road, at, km, n }) => ({
    id: `flow-${road.properties.id}-${two(n)}`,
    name: `${road.properties.name.zh}K${km}交调站`,
    en: `${road.properties.name.en ?? ''} K${km} count station`,
    road: refOf(road),
    roadId: road.properties.id,
    class: String(road.properties['class']),
    kmMark: km,
    lon: at[0],
    lat: at[1],
    countyCode: source.countyOf(at),
  }));
}

const KINDS: readonly { kind: string; zh: string; en: string; share: number }[] = [
  { kind: 'camera', zh: '视频监测点', en: 'camera', share: 50 },
  { kind: 'radar', zh: '雷达检测点', en: 'radar', share: 20 },
  { kind: 'vms', zh: '可变情报板', en: 'message sign', share: 14 },
  { kind: 'weather', zh: '路面气象站', en: 'road weather station', share: 10 },
];
const TUNNEL_SHARE = 0.06; // of all roadside points, shared by the tunnels of the city

function tunnelPoints(source: Source, count: number) {
  const tunnels = source.features('places.geojson').filter((place) => place.properties['kind'] === 'tunnel');
  const roads = source.features('roads.geojson');
  return apportion(
    tunnels.length === 0 ? 0 : count,
    tunnels.map(() => 1),
  ).flatMap((share, i) => {
    const tunnel = tunnels[i] as Feature;
    const road = roads.find(({ properties }) => properties.id === tunnel.properties['road']);
    const at = tunnel.geometry.coordinates as Point;
    return Array.from({ length: share }, (_, n) => ({
      kind: 'tunnel',
      name: `${tunnel.properties.name.zh}${two(n + 1)}号检测点`,
      en: `${tunnel.properties.name.en ?? ''} detector ${two(n + 1)}`,
      road,
      kmMark: null,
      at: [Number((at[0] + (n - share / 2) * 0.0012).toFixed(4)), at[1]] as Point,
    }));
  });
}

export function buildRoadsidePoints(source: Source) {
  const random = createRandom(`${source.plan.seed}/roadside`);
  const tunnels = tunnelPoints(source, Math.round(source.plan.counts.roadside * TUNNEL_SHARE));
  const open = spread(source, source.features('roads.geojson'), source.plan.counts.roadside - tunnels.length);
  const shares = apportion(
    open.length,
    KINDS.map(({ share }) => share),
  );
  const deck = KINDS.flatMap((kind, i) =>
    Array.from({ length: shares[i] ?? 0 }, () => ({ kind, order: random() })),
  );
  deck.sort((a, b) => a.order - b.order);
  const along = open.map(({ road, at, km }, i) => {
    const { kind, zh, en } = (deck[i] as (typeof deck)[number]).kind;
    const { name } = road.properties;
    return { kind, name: `${name.zh}K${km}${zh}`, en: `${name.en ?? ''} K${km} ${en}`, road, kmMark: km, at };
  });
  return [...along, ...tunnels].map(({ kind, name, en, road, kmMark, at }, i) => ({
    id: `rs-${String(i + 1).padStart(3, '0')}`,
    name,
    en,
    kind,
    road: road ? refOf(road) : '',
    roadId: road?.properties.id ?? '',
    kmMark,
    lon: at[0],
    lat: at[1],
    countyCode: source.countyOf(at),
  }));
}
