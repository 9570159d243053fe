import { title } from '../../../contracts/declare.ts';
import type { IncidentBoard, Standing } from '../../../contracts/records/incident-board.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf, type Refusal } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import BoardTables from './BoardTables.vue';

const DAY = 86_400_000;
const some: Standing = {
  ...{ id: 'dept:a', name: title('甲局', 'Bureau A'), open: 4, overdue: 1, supervised: 1, reported: 12 },
  ...{
    closed: 9,
    inTimePct: 92.4,
    closedPct: 75,
    medianHours: 6.5,
    satisfaction: 4.3,
    rated: 7,
    score: 84.5,
  },
};
const none: Standing = {
  ...{ id: 'dept:b', name: title('乙局', 'Bureau B'), open: 0, overdue: 0, supervised: 0, reported: 0 },
  ...{ closed: 0, inTimePct: null, closedPct: null, medianHours: null, satisfaction: null, rated: 0 },
  score: null,
};
const full: IncidentBoard = {
  from: FIXTURE_NOW - 30 * DAY,
  to: FIXTURE_NOW,
  whole: { ...some, id: '' },
  stages: { reported: 1, handling: 3 },
  units: [some, none],
  counties: [
    { ...some, id: 'a', name: title('甲县', 'County A') },
    { ...none, id: 'b', name: title('乙县', 'County B') },
  ],
  flows: [{ from: title('值班室', 'Desk'), to: some.name, count: 9 }],
};
const empty: IncidentBoard = {
  ...full,
  whole: { ...none, id: '' },
  stages: {},
  units: [],
  counties: [],
  flows: [],
};

interface Drawn {
  readonly board?: IncidentBoard | null;
  readonly refusal?: Refusal | null;
  readonly lost?: boolean;
  readonly isPast?: boolean;
}
const propsOf = ({ board = full, refusal = null, lost = false, isPast = false }: Drawn) => ({
  ...{ board, refusal, lost, isPast },
  days: 30,
  owner: null,
});
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');

export const fixture = defineFixture({
  view: BoardTables,
  props: (state) => {
    if (state === 'down') return propsOf({ lost: true });
    return propsOf({ board: state === 'empty' ? empty : full });
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => propsOf({ board: null }),
    forbidden: () => propsOf({ board: null, refusal: refusalOf(403, '') }),
    past: () => propsOf({ isPast: true }),
  },
});
