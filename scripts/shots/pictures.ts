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
  /** The scene of a wall, and the key that turns to it. */
  readonly turn?: { readonly scene: string; readonly key: string };
  /** Pressed before: selector of one thing on the page. */
  readonly press?: string;
  /** The dam that is looked for, and whose close-up is opened before. */
  readonly closeUp?: string;
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
  at: '2026-07-16T18:20:10+08:00',
  seed: 7,
  /** Hours of the city's life before it, in long steps, so that trends have a past. */
  hoursBefore: 6,
  /** Minutes after those in which every report of every source is heard. */
  closelyMin: 16,
  /** How many minutes before the moment the duty desks took up what they had heard of. */
  deskMin: 12,
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

/** What was reported and given on by the duty desks that evening. */
export interface Handled {
  readonly kind: 'flood' | 'geo-hazard' | 'traffic' | 'waterlogging';
  readonly title: string;
  readonly place: string;
  readonly position: readonly [lon: number, lat: number];
  readonly urgent?: true;
  /** What was reported with it, as its record keeps it. */
  readonly facts?: Readonly<Partial<Record<'dead' | 'hurt' | 'evacuated', number>>>;
  /** Unit it is assigned to; absent: it was only just accepted. */
  readonly unit?: string;
  /** Tasks of that unit, and in how many minutes each is due. */
  readonly tasks?: readonly { readonly text: string; readonly unit: string; readonly dueMin: number }[];
}

export const handled: readonly Handled[] = [
  {
    kind: 'flood',
    title: '乔庄河超警戒，沿岸低洼户转移',
    place: '青川县乔庄镇',
    position: [105.238, 32.575],
    urgent: true,
    facts: { dead: 0, hurt: 0, evacuated: 46 },
    unit: 'county:510822',
    tasks: [
      { text: '沿河低洼户逐户叫应转移', unit: 'county:510822', dueMin: 10 },
      { text: '乔庄河两岸封控巡查', unit: 'dept:police', dueMin: 45 },
    ],
  },
  {
    kind: 'geo-hazard',
    title: '木鱼镇滑坡点位移加快',
    place: '青川县木鱼镇',
    position: [105.41, 32.56],
    unit: 'county:510822',
    tasks: [{ text: '现场核查裂缝，划定警戒区', unit: 'county:510822', dueMin: 60 }],
  },
  {
    kind: 'traffic',
    title: 'G108 K64 多车追尾，占用一条车道',
    place: 'G108 K64+100',
    position: [105.9, 32.5],
    unit: 'dept:police',
  },
  { kind: 'waterlogging', title: '下西立交桥下积水', place: '利州区下西街道', position: [105.82, 32.43] },
];

/** What the duty officer declares before the pictures of 战时, and how many minutes before. */
export const crisis = {
  ...{ area: '510822', name: '青川暴雨', reason: '青川暴雨，河道水位上涨' },
  responses: [{ kind: 'flood', level: 'III' }],
  /** What it is for, by its title. */
  incident: handled[0]?.title ?? '',
  sinceMin: 6,
} as const;

const scenes = [
  { slug: 'overview', key: '1', title: '综合态势' },
  { slug: 'traffic', key: '2', title: '交通运行' },
  { slug: 'environment', key: '3', title: '生态环保' },
  { slug: 'emergency', key: '4', title: '应急指挥' },
  { slug: 'opinion', key: '5', title: '舆情民生' },
] as const;

type Size = readonly [width: number, height: number];
const wallSizes = [
  [1920, 1080],
  [3840, 2160],
  [7680, 2160],
] as const satisfies readonly Size[];
const TABLET: Size = [1180, 820];

type Scene = (typeof scenes)[number];
const [overview, , , emergency] = scenes;

interface Page {
  readonly title: string;
  readonly path: string;
  readonly map: Picture['map'];
}

const picture = (name: string, page: Page, [width, height]: Size): Picture => ({
  name,
  ...page,
  width,
  height,
});
const wall = (name: string, { title, scene }: { title: string; scene: Scene }, size: Size): Picture => ({
  ...picture(name, { title, path: `/wall?e2e=1&scene=${scene.slug}`, map: 'globe' }, size),
  turn: { scene: scene.slug, key: scene.key },
});
const tablet = (name: string, title: string, query: string): Picture =>
  picture(name, { title, path: `/tablet?e2e${query}`, map: 'flat' }, TABLET);
const desk = (name: string, page: { title: string; query?: string }, size: Size): Picture =>
  picture(name, { title: page.title, path: `/desk?e2e=1${page.query ?? ''}`, map: 'globe' }, size);

export const pictures: readonly Picture[] = [
  ...scenes.flatMap((scene) => [
    ...wallSizes.map((size) =>
      wall(`${scene.slug}-${size[0]}`, { title: `大屏 · ${scene.title}`, scene }, size),
    ),
    tablet(`${scene.slug}-tablet`, `平板 · ${scene.title}`, `&theme=light&scene=${scene.slug}`),
  ]),
  wall('wall-4x3', { title: '大屏 4:3 · 综合态势', scene: overview }, [1440, 1080]),
  picture(
    'wall-light',
    { title: '大屏，浅色', path: '/wall?e2e=1&theme=light&scene=overview', map: 'globe' },
    wallSizes[0],
  ),
  desk('desk-1920', { title: '值班席' }, [1920, 1080]),
  {
    ...desk('desk-1280', { title: '值班席，小屏，打开一起事件' }, [1280, 800]),
    press: '[data-test=incident-queue] [data-incident]',
  },
  {
    ...desk('closeup-dam', { title: '宝珠寺大坝近景' }, [1920, 1080]),
    closeUp: '宝珠寺',
  },
  tablet('tablet-night', '平板，夜间', '&theme=night&scene=emergency'),
  picture('tablet-upright', { title: '平板竖放', path: '/tablet?e2e&theme=light', map: 'flat' }, [820, 1180]),
  picture('tablet-phone', { title: '手机', path: '/tablet?e2e&theme=light', map: 'none' }, [390, 844]),
  picture('trust', { title: '数据可信度', path: '/data', map: 'none' }, [1280, 800]),
  ...([wallSizes[0], wallSizes[1]] as const).map((size): Picture => ({
    ...wall(`crisis-${size[0]}`, { title: '大屏 · 战时', scene: emergency }, size),
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

/** Wide pictures carry their weight in pixels, not in fine tones. @returns quality of the JPEG */
export const qualityOf = (width: number): number => (width > 6000 ? 60 : width > 3000 ? 66 : 82);
