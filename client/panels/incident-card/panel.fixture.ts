import { title } from '../../../contracts/declare.ts';
import type { IncidentView } from '../../../contracts/records/incident-actions.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf, type Refusal } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import { incidentFixture, viewFixture } from './incident.fixture.ts';
import IncidentCard from './IncidentCard.vue';

interface Drawn {
  readonly view?: IncidentView | null;
  readonly unread?: Refusal | null;
  readonly isPast?: boolean;
}
const propsOf = ({ view = viewFixture, unread = null, isPast = false }: Drawn) => ({
  view,
  unread,
  isPast,
  units: [incidentFixture.desk],
  others: [],
  similar: [],
  now: FIXTURE_NOW,
  timeZone: 'Asia/Shanghai',
  act: () => Promise.resolve({ outcome: 'done', view: viewFixture }),
});
const own = title('由本系统记录，不依赖外部来源', 'Our own records: no source can be late');
/** Just reported: nothing of its life is behind it. */
const fresh: IncidentView = {
  ...viewFixture,
  next: ['accept', 'merge', 'note'],
  incident: {
    ...incidentFixture,
    ...{ stage: 'reported', grade: null, gradeReason: null, unit: null, assisting: [], evidence: [] },
    ...{ briefDueAt: null, supervised: null, log: incidentFixture.log.slice(0, 1) },
  },
};

export const fixture = defineFixture({
  view: IncidentCard,
  props: (state) =>
    state === 'down'
      ? propsOf({ view: null, unread: refusalOf(0, '') })
      : propsOf({ view: state === 'empty' ? fresh : viewFixture }),
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => propsOf({ view: null }),
    forbidden: () => propsOf({ view: null, unread: refusalOf(403, '') }),
    past: () => propsOf({ isPast: true }),
  },
});
