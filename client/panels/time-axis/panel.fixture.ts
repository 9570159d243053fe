import type { OpenWarning } from '../../stores/warnings.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import { axisOf } from './axis.ts';
import AxisLine from './AxisLine.vue';
import { usualRange } from './range.ts';

const HOUR_MS = 3_600_000;
const ZONE = 'Asia/Shanghai';
const sent = (level: OpenWarning['level'], hoursAgo: number): OpenWarning => ({
  key: `${level ?? 'none'} ${hoursAgo}`,
  bulletin: `${level ?? 'none'} ${hoursAgo}`,
  keys: [],
  source: 'warning',
  headline: '预警',
  event: '暴雨',
  level,
  regions: [],
  areas: [],
  sentAt: FIXTURE_NOW - hoursAgo * HOUR_MS,
  expiresAt: null,
  synthetic: true,
});
const some = [sent('blue', 9), sent('yellow', 4), sent('orange', 1)];
const [from, to] = usualRange(FIXTURE_NOW);
/** A day of which the server missed an hour. */
const kept = {
  kept: [FIXTURE_NOW - 11 * HOUR_MS, FIXTURE_NOW] as const,
  from,
  binMs: HOUR_MS / 4,
  density: Array.from({ length: 48 }, (_, bin) => (bin < 5 ? 0 : 40 + ((bin * 37) % 60))),
  gaps: [[FIXTURE_NOW - 7 * HOUR_MS, FIXTURE_NOW - 6 * HOUR_MS]] as const,
};
const nothing = { ...kept, kept: null, density: [], gaps: [] };

const propsOf = (state: string, cursor: number | null) => ({
  axis: axisOf({
    ...{ from, to, now: FIXTURE_NOW, cursor, timeZone: ZONE, marks: [], widthEm: 40 },
    loop: cursor === null ? null : [cursor - HOUR_MS, cursor + HOUR_MS],
    warnings: state === 'off' || state === 'empty' ? [] : some,
    past: state === 'off' ? null : state === 'empty' ? nothing : kept,
  }),
  clock: cursor === null ? '' : '14:05:10',
  clockAt: () => '14:05:10',
  note: state === 'empty' ? '尚无历史' : '',
});

export const fixture = defineFixture({
  view: AxisLine,
  props: (state) => propsOf(state, null),
  more: { replay: () => propsOf('live', FIXTURE_NOW - 3 * HOUR_MS) },
});
