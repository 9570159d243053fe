import type { LonLat } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import type { MeasureKind } from '../../stores/measure.ts';
import { defineFixture } from '../panel.ts';
import { factsOf } from './measure-facts.ts';
import MeasureView from './MeasureView.vue';
import { profileOf } from './profile.ts';

const line: readonly LonLat[] = [
  [105.8, 32.4],
  [105.86, 32.46],
  [105.95, 32.44],
];
const ground = ([lon]: LonLat): number => 620 + 240 * Math.sin(lon * 40);

const drawn = (
  kind: MeasureKind,
  points: readonly LonLat[],
  more: { done?: true; groundless?: true } = {},
) => {
  const hasProfile = kind === 'profile' && points.length > 1 && !more.groundless;
  const profile = hasProfile ? profileOf(points, ground) : null;
  return {
    kind,
    count: points.length,
    done: more.done ?? false,
    canFinish: points.length > 1,
    facts: factsOf({ kind, points, profile, locale: 'zh' }),
    profile,
    gridStepM: more.groundless ? null : 500,
  };
};
const local = title('在本页量算，没有来源', 'Measured on this page: no feed is behind it');

export const fixture = defineFixture({
  view: MeasureView,
  props: (state) => drawn('distance', state === 'empty' ? [] : line.slice(0, 2)),
  never: { late: local, stale: local, down: local, off: local },
  more: {
    partial: () => drawn('area', line.slice(0, 2)),
    done: () => drawn('profile', line, { done: true }),
    failed: () => drawn('height', line.slice(0, 2), { done: true, groundless: true }),
  },
});
