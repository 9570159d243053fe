// Villages of towns, made up (示意): how many and how large by the people of the town, near its slopes as villages are in
// these hills and around its centre, each with a name that no other place of the city has.
import { metresBetween, type Point } from '../geometry.ts';
import type { Row } from './csv.ts';
import { createPinyin } from './gazetteer.ts';
import { apportion, createRandom, pick, type Random } from './random.ts';
import { createScatter, type Scatter } from './scatter.ts';
import { pointOf, type Source } from './source.ts';

/** Of a town's people, those who live in its villages (≈): few where a county has its seat, most elsewhere. */
const SHARE = { seat: 0.25, market: 0.6, other: 0.75 };
/** Villages after the merging of 2019–2020 have some 700 residents in the hills of the city (≈). */
const PEOPLE_A_VILLAGE = 700;
const FEWEST = 3;
const MOST = 26;
/** Of the villages of a town with watched slopes, so many stand near one of those. */
const NEAR_SLOPES = 0.45;
const NEAR_SLOPE_M: [number, number] = [120, 600];
const AROUND_M: [number, number] = [1_300, 8_000];
/** From the next village, and from the centre of the town, metres. */
const APART_M = 700;
const TRIES = 40;
/** A village farther out has fewer people: so much less at the edge of its town. */
const OUTER_LOSS = 0.7;

const FAMILIES = [...'李张王杨赵周吴徐何刘陈罗马江梁邓谭冯蒲郭唐姚曾石雷方黎'];
const FIRST = [
  ...'青红新大双白黄长金高平三四五九东西南北上下中古水火云天清安永太光群龙凤石松柳竹梨桃桥茶铁铜',
];
const LAND = [...'坝湾坪沟河岩山岭林塘溪嘴坡垭观滩门庙潭洞池台泉沱盘坳碑寨井'];

interface Seat {
  readonly town: Row;
  readonly at: Point;
  readonly slopes: readonly Point[];
  readonly wanted: number;
  readonly people: number;
}

/** Rows of `villages.csv`: with the seat of their town they make its residents. None where generate.yaml asks for none. */
export function buildVillages(source: Source, root: string) {
  if (!source.plan.villages) return [];
  const random = createRandom(`${source.plan.seed}/villages`);
  const scatter = createScatter(source);
  const name = namer(source, root, random);
  const centres = source.towns.map((town) => ({ code: town['code'] ?? '', at: pointOf(town) }));
  return seatsOf(source).flatMap((seat) => {
    const places = placesOf(seat, { random, scatter, centres });
    const farthest = Math.max(...places.map((at) => metresBetween(at, seat.at)), 1);
    const people = apportion(
      seat.people,
      places.map((at) => (0.3 + random()) * (1 - (OUTER_LOSS * metresBetween(at, seat.at)) / farthest)),
    );
    return places.map(([lon, lat], i) => {
      const code = `${seat.town['code']}${201 + i}`;
      return {
        ...{ code, ...name(), townCode: seat.town['code'] ?? '', lon, lat, residents: people[i] ?? 0 },
        countyCode: source.countyOf([lon, lat]),
      };
    });
  });
}

function seatsOf(source: Source): Seat[] {
  const { doubleWeight } = source.plan.population;
  const slopes = Map.groupBy(source.table('stations/slope-monitors.csv'), (row) => row['townCode'] ?? '');
  return source.towns
    .filter(({ kind }) => kind === 'town' || kind === 'township')
    .map((town): Seat => {
      const [code = '', name = ''] = [town['code'], town['name']];
      const isMarket = doubleWeight.includes(`${town['county_code']} ${name}`);
      const kind = source.seatTowns.includes(name) ? 'seat' : isMarket ? 'market' : 'other';
      const people = Math.round(Number(town['population']) * SHARE[kind]);
      const wanted = Math.min(MOST, Math.max(FEWEST, Math.round(people / PEOPLE_A_VILLAGE)));
      return { town, at: pointOf(town), slopes: (slopes.get(code) ?? []).map(pointOf), wanted, people };
    });
}

/** Apart from each other, in the land of their own town: that is nearest to them in the county. */
function placesOf(
  { town, at: centre, slopes, wanted }: Seat,
  {
    random,
    scatter,
    centres,
  }: {
    readonly random: Random;
    readonly scatter: Scatter;
    readonly centres: readonly { readonly code: string; readonly at: Point }[];
  },
): Point[] {
  const placed: Point[] = [];
  const rivals = centres.filter(
    ({ code }) => code !== town['code'] && code.startsWith(town['county_code'] ?? '-'),
  );
  const isOwn = (at: Point): boolean => {
    const metres = metresBetween(at, centre);
    return metres > APART_M && rivals.every((one) => metresBetween(at, one.at) > metres);
  };
  for (let i = 0; i < wanted * TRIES && placed.length < wanted; i++) {
    const isNear = slopes.length > 0 && random() < NEAR_SLOPES;
    const at = isNear
      ? scatter(random, pick(random, slopes), NEAR_SLOPE_M)
      : scatter(random, centre, AROUND_M);
    if (isOwn(at) && placed.every((one) => metresBetween(one, at) >= APART_M)) placed.push(at);
  }
  return placed;
}

/** Each time another name: 李家沟村, 青龙湾村. @throws Error where they run out */
function namer(
  source: Source,
  root: string,
  random: Random,
): () => { readonly name: string; readonly en: string } {
  const toPinyin = createPinyin(root);
  const taken = new Set(source.towns.map((town) => (town['name'] ?? '').replace(/(街道|镇|乡)$/, '')));
  const make = (): string => {
    const way = random();
    if (way < 0.4) return `${pick(random, FAMILIES)}家${pick(random, LAND)}`;
    if (way < 0.8) return `${pick(random, FIRST)}${pick(random, LAND)}`;
    return `${pick(random, FIRST)}${pick(random, FIRST)}${pick(random, LAND)}`;
  };
  return () => {
    for (let i = 0; i < 10_000; i++) {
      const short = make();
      if (taken.has(short) || new Set(short).size < short.length) continue;
      taken.add(short);
      const { pinyin } = toPinyin(short);
      return { name: `${short}村`, en: `${pinyin.charAt(0).toUpperCase()}${pinyin.slice(1)} Village` };
    }
    throw new Error('villages: no name is left → give cities/tools/villages.ts more of them');
  };
}
