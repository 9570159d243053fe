import { title } from '../../../contracts/declare.ts';
import type { ReportedFigure } from '../../../contracts/records/headquarters.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import FigureLines from './FigureLines.vue';

const of = (fact: ReportedFigure['fact'], value: number | null): ReportedFigure => ({
  ...{ fact, value, at: value === null ? null : FIXTURE_NOW - 600_000, incidentNo: '20260716-002' },
});
const figures = [
  of('dead', 0),
  of('hurt', 3),
  of('poisoned', null),
  of('evacuated', 1320),
  of('houses', null),
];
const propsOf = (said: readonly ReportedFigure[] | null, isKnown = true) => ({
  ...{ figures: said, isKnown, refusal: isKnown ? null : refusalOf(0, '') },
  ...{ now: FIXTURE_NOW, timeZone: 'Asia/Shanghai' },
});
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: FigureLines,
  props: (state) => (state === 'down' ? propsOf(null, false) : propsOf(state === 'empty' ? null : figures)),
  never: { late: own, stale: own, off: own },
  more: { waiting: () => ({ ...propsOf(null, false), refusal: null }) },
});
