import type { OpenWarning } from '../../stores/warnings.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import { axisOf } from './axis.ts';
import AxisLine from './AxisLine.vue';

const sent = (level: OpenWarning['level'], hoursAgo: number): OpenWarning => ({
  key: `${level ?? 'none'} ${hoursAgo}`,
  bulletin: `${level ?? 'none'} ${hoursAgo}`,
  source: 'warning',
  headline: '预警',
  event: '暴雨',
  level,
  regions: [],
  areas: [],
  sentAt: FIXTURE_NOW - hoursAgo * 3_600_000,
  expiresAt: null,
  synthetic: true,
});
const some = [sent('blue', 9), sent('yellow', 4), sent('orange', 1)];

export const fixture = defineFixture({
  view: AxisLine,
  props: (state) => ({
    axis: axisOf(FIXTURE_NOW, 'Asia/Shanghai', state === 'off' || state === 'empty' ? [] : some),
  }),
});
