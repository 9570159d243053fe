// The pictures of the product: what each shows, at what size. `npm run shots` takes them, docs/pictures.md lists them.

export interface Picture {
  /** File in docs/shots, without its ending; `--only` names it, or its beginning. */
  readonly name: string;
  readonly title: string;
  /** Page and query of the cockpit. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** The page draws with the globe, the light map, or without a map. */
  readonly map: 'globe' | 'flat' | 'none';
  /** Taken after one county has gone into 战时. */
  readonly inCrisis?: true;
}

/** What happens in the simulated city before the pictures: what a leader would be told on such an evening. */
export interface Happening {
  /** Minutes before the moment of the pictures. */
  readonly beforeMin: number;
  /** Path below /control of the simulated city, and what it is told. */
  readonly to: 'weather' | 'inject';
  readonly body: Readonly<Record<string, unknown>>;
}

export const moment = {
  /** The city clock when the first picture is taken: the evening of a working day in the flood season. */
  at: '2026-07-16T18:20:00+08:00',
  seed: 7,
  /** Hours of the city's life before it, so that trends have a past. */
  hoursBefore: 3,
  /** How many times as fast those hours pass. */
  speed: 30,
} as const;

export const happenings: readonly Happening[] = [
  {
    beforeMin: 150,
    to: 'weather',
    body: { rainMmH: 34, centre: [105.24, 32.58], radiusKm: 26, forS: 14_400 },
  },
  {
    beforeMin: 70,
    to: 'inject',
    body: { kind: 'warning', event: '暴雨', colour: '黄', counties: ['510822'], hours: 6 },
  },
  { beforeMin: 25, to: 'inject', body: { kind: 'road-event', event: 'accident', severity: 2 } },
  { beforeMin: 20, to: 'inject', body: { kind: 'ticket-surge', forS: 2400 } },
];

/** What the duty officer declares before the pictures of 战时. */
export const crisis = { area: '510822', responseLevel: 'III', reason: '青川暴雨，河道水位上涨' } as const;

const scenes = [
  { slug: 'overview', title: '综合态势' },
  { slug: 'traffic', title: '交通运行' },
  { slug: 'environment', title: '生态环保' },
  { slug: 'emergency', title: '应急指挥' },
  { slug: 'opinion', title: '舆情民生' },
] as const;

const wallSizes = [
  [1920, 1080],
  [3840, 2160],
  [7680, 2160],
] as const;

const wall = (
  name: string,
  { title, scene }: { title: string; scene: string },
  [width, height]: readonly [number, number],
): Picture => ({ name, title, path: `/wall?e2e=1&scene=${scene}`, width, height, map: 'globe' });

export const pictures: readonly Picture[] = [
  ...scenes.flatMap(({ slug, title }) =>
    wallSizes.map((size) => wall(`${slug}-${size[0]}`, { title: `大屏 · ${title}`, scene: slug }, size)),
  ),
  wall('wall-4x3', { title: '大屏 4:3 · 综合态势', scene: 'overview' }, [1440, 1080]),
  { name: 'desk-1920', title: '值班席', path: '/desk?e2e=1', width: 1920, height: 1080, map: 'globe' },
  { name: 'desk-1280', title: '值班席，小屏', path: '/desk?e2e=1', width: 1280, height: 800, map: 'globe' },
  {
    name: 'tablet-day',
    title: '平板简报，日间',
    path: '/tablet?e2e&theme=light',
    width: 1180,
    height: 820,
    map: 'flat',
  },
  {
    name: 'tablet-night',
    title: '平板简报，夜间',
    path: '/tablet?e2e&theme=night',
    width: 1180,
    height: 820,
    map: 'flat',
  },
  {
    name: 'tablet-upright',
    title: '平板竖放',
    path: '/tablet?e2e&theme=light',
    width: 820,
    height: 1180,
    map: 'flat',
  },
  {
    name: 'tablet-phone',
    title: '手机上的简报',
    path: '/tablet?e2e&theme=light',
    width: 390,
    height: 844,
    map: 'none',
  },
  { name: 'trust', title: '数据可信度', path: '/data', width: 1280, height: 800, map: 'none' },
  ...([wallSizes[0], wallSizes[1]] as const).map((size): Picture => ({
    ...wall(`crisis-${size[0]}`, { title: '大屏 · 战时', scene: 'emergency' }, size),
    inCrisis: true,
  })),
];

/** The composite of this map and a plain globe under the same camera. */
export const besides = {
  name: 'beside-plain-globe',
  title: '同一机位：本图（左）与默认球体（右）',
  width: 960,
  height: 640,
  views: [
    { caption: '省域', lon: 105.75, lat: 32.1, rangeM: 620_000, pitchDeg: -56 },
    { caption: '市域', lon: 105.75, lat: 32.2, rangeM: 330_000, pitchDeg: -56 },
    { caption: '县域', lon: 105.84, lat: 32.44, rangeM: 46_000, pitchDeg: -50 },
  ],
} as const;

/** All pictures of docs/shots must stay under this together, bytes. */
export const MOST_BYTES = 12 * 2 ** 20;
