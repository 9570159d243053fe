import { title } from '../../../contracts/declare.ts';
import type { AlertCount } from '../../stores/alerts.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import type { Severity } from '../../stores/indicators.ts';
import type { Crisis } from '../../stores/mode.ts';
import type { LinkState } from '../../stores/session.ts';
import { defineFixture, type FixtureState } from '../panel.ts';
import BarLine from './BarLine.vue';
import type { Situation } from './situation.ts';

const calm: Situation = { sentence: 'calm', items: 0, warnings: 0, indicators: 0, worst: null, only: null };
const attention: Situation = {
  sentence: 'attention',
  items: 1,
  warnings: 0,
  indicators: 1,
  worst: 'yellow',
  only: 'tpi',
};
const weather = { station: '甲站', key: 'a', tempC: 27, rain1hMm: 0, at: FIXTURE_NOW };
const crisis: Crisis = {
  areas: ['a'],
  names: ['甲县'],
  titles: ['七月洪水'],
  responses: ['flood III', 'geo-hazard IV'],
  scene: null,
  responseLevel: 'III',
  sinceAt: FIXTURE_NOW - 9 * 3_600_000,
};

const line = {
  wordmark: '甲城',
  crisis: null as Crisis | null,
  situation: attention,
  calm: title('全市平稳', 'The city is calm'),
  about: null,
  only: '交通',
  link: 'live' as LinkState,
  greeted: true,
  levels: ['orange', 'yellow'] as readonly Severity[],
  feeds: { live: 55, total: 55, late: 0 },
  alerts: [
    { level: 'orange', count: 2, open: 1 },
    { level: 'blue', count: 7, open: 0 },
  ] as readonly AlertCount[],
  weather: weather as typeof weather | null,
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
  demo: true,
  seconds: false,
  past: null,
  steered: false,
  menu: { firstOf: new Map<string, string>(), current: null },
};

/** What each state does to the bar: it is late by its sources, and down with the connection. */
const inState: Readonly<Record<FixtureState, Partial<typeof line>>> = {
  live: {},
  late: { feeds: { live: 53, total: 55, late: 2 } },
  stale: { feeds: { live: 40, total: 55, late: 15 }, weather: null },
  down: { link: 'lost' },
  off: {
    situation: { ...calm, sentence: 'blind' },
    levels: [],
    alerts: [],
    feeds: { live: 0, total: 0, late: 0 },
    weather: null,
  },
  empty: { situation: calm, levels: [], alerts: [] },
};

export const fixture = defineFixture({
  view: BarLine,
  props: (state) => ({ ...line, ...inState[state] }),
  more: {
    waiting: () => ({ ...line, greeted: false, levels: [], weather: null }),
    crisis: () => ({ ...line, crisis }),
  },
});
