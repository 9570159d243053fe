import { title } from '../../../contracts/declare.ts';
import type { PlumesView, PlumeView } from '../../../contracts/records/plume.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import type { HazardDoes } from './does.ts';
import HazardBoard from './HazardBoard.vue';
import type { SlopeTown } from './slopes.ts';

const people = (value: number) => ({ value, low: Math.round(value * 0.8), high: Math.round(value * 1.2) });
const leak: PlumeView = {
  ...{ id: 'hand/7', title: '甲园区 氨', incident: 12, by: 'li', since: FIXTURE_NOW - 300_000 },
  source: {
    ...{ gas: 'ammonia', at: [105, 32], rateKgS: 0.5, isRateAssumed: true, heightM: 2 },
    ...{ terrain: 'rural', isLarge: true },
  },
  wind: {
    ...{ speedMs: 1.6, fromDeg: 20, station: '甲气象站', stationM: 900 },
    ...{ measuredAt: FIXTURE_NOW - 120_000, isRaining: false },
  },
  model: { stability: 'D', towardDeg: 200, swingDeg: 30, windMs: 1.6, isNight: false },
  levels: [
    { level: 1, mgM3: 20.9, reachM: 1180, people: people(140) },
    { level: 2, mgM3: 111.4, reachM: 500, people: people(60) },
    { level: 3, mgM3: 766, reachM: 170, people: people(12) },
  ],
  firstZone: { isolationM: 150, protectiveM: 900, basis: 'large', people: people(890) },
  computedAt: FIXTURE_NOW - 60_000,
};
const plumes: PlumesView = {
  gases: [{ id: 'ammonia', title: title('氨', 'Ammonia'), assumedKgS: 0.5 }],
  plumes: [leak],
  method: title('高斯烟羽', 'Gaussian plume'),
  validity: title('按平坦地形计算', 'For flat ground'),
};
const town = (key: string, score: number, level: SlopeTown['level']): SlopeTown => ({
  ...{ key, name: key, score, level, rain3hMm: 42, effectiveMm: 77, isPartial: false },
  ...{ patrolPoints: 33, preparePeople: 320, movePeople: level === 'red' ? 1133 : 0 },
});
const towns = [town('甲镇', 1.61, 'red'), town('乙镇', 1.13, 'orange'), town('丙乡', 0.72, 'blue')];
const never = (): Promise<never> => new Promise(() => undefined);
const does: HazardDoes = { open: never, change: never, end: never };
const props = {
  ...{ plumes, towns, refusal: null, target: null, slopeState: 'live', may: true, isPast: false, does },
  moment: () => '14:20',
};

export const fixture = defineFixture({
  view: HazardBoard,
  props: (state) => {
    if (state === 'down') return { ...props, plumes: null, refusal: refusalOf(0, ''), slopeState: state };
    if (state === 'off') return { ...props, plumes: { ...plumes, plumes: [] }, towns: [], slopeState: state };
    if (state === 'empty') return { ...props, plumes: { ...plumes, plumes: [] }, towns: [] };
    return { ...props, slopeState: state };
  },
  more: {
    waiting: () => ({ ...props, plumes: null }),
    forbidden: () => ({ ...props, plumes: null, refusal: refusalOf(403, '') }),
    past: () => ({ ...props, isPast: true }),
    setting: () => ({ ...props, target: { at: [105, 32], place: '甲镇' } }),
    windless: () => ({
      ...props,
      plumes: { ...plumes, plumes: [{ ...leak, wind: null, model: null, levels: [], firstZone: null }] },
    }),
  },
});
