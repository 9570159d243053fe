// A small plan of the test city that has nothing to find fault with, and what its names refer to.
import type { Title } from '../../contracts/column.ts';
import type { Plan } from '../../contracts/records/plan.ts';
import { planSchema } from '../../contracts/records/plan.ts';
import type { PlanGround, PlanPlace } from './port.ts';

export const NOW = Date.UTC(2026, 6, 15, 4);
export const MINUTE = 60_000;

const name = (zh: string): Title => ({ zh, en: zh });
const place = (id: string, kind: string, more: Partial<PlanPlace> = {}): [string, PlanPlace] => [
  id,
  { id, kind, name: name(id), position: [84.16, 41.206], atOnce: Infinity, notFor: [], ...more },
];

export const ground: PlanGround = {
  units: new Map(
    ['city', 'dept:emergency', 'county:990101', 'county:990102'].map((id) => [id, { id, name: name(id) }]),
  ),
  places: new Map([
    place('shelter-1', 'shelter'),
    place('shelter-low', 'shelter', { notFor: ['flood'] }),
    place('shelter-plant', 'shelter', { position: [84.44, 41.187] }),
    place('team-a', 'rescue-team', { atOnce: 1 }),
    place('hospital-1', 'hospital'),
  ]),
  hazards: [
    { name: name('氨库'), hazard: 'gas', centre: [84.44, 41.185], radiusM: 500 },
    { name: name('滑坡'), hazard: 'landslide', centre: [84.3, 41.3], radiusM: 200 },
  ],
};

const checked = { on: '2026-06-01', reached: true };

export const written = {
  id: 'flood-small',
  title: name('试城防汛预案'),
  level: 'special',
  kinds: ['flood'],
  hazard: 'flood',
  area: '990100',
  owner: 'dept:emergency',
  basis: [name('防洪法')],
  command: {
    chief: { post: name('指挥长'), unit: 'city', clause: '2.1' },
    deputies: [{ post: name('副指挥长'), unit: 'dept:emergency', clause: '2.1' }],
    office: { unit: 'dept:emergency', clause: '2.1' },
  },
  groups: [
    {
      ...{ id: 'rescue', name: name('抢险组'), lead: 'dept:emergency', deputy: 'county:990101' },
      ...{ duties: name('抢险'), clause: '2.1' },
    },
  ],
  levels: {
    IV: { when: name('黄色预警'), startedBy: name('主任'), clause: '5.1' },
    III: { when: name('橙色预警'), startedBy: name('副指挥长'), clause: '5.2' },
  },
  clauses: ['2.1', '5.1', '5.2'].map((no) => ({ no, title: name(`第 ${no} 条`), text: name('条文') })),
  steps: [
    { id: 'look', clause: '5.1', text: name('巡查'), role: 'rescue', from: 'IV', withinMin: 30 },
    {
      ...{ id: 'move', clause: '5.1', text: name('转移'), role: 'county:990101', from: 'IV', withinMin: 60 },
      ...{ after: ['look'], places: ['shelter-1'] },
    },
    {
      ...{ id: 'close', clause: '5.2', text: name('封路'), role: 'office', from: 'III', withinMin: 45 },
      ...{ places: ['hospital-1'], resources: ['team-a'], proof: ['note'] },
    },
  ],
  contacts: [
    { unit: 'dept:emergency', post: name('值班室'), phone: '0839-555 0102', checked },
    { unit: 'county:990101', post: name('指挥中心'), phone: '13812345678', checked },
  ],
};

/** The small plan, changed. */
export const planWith = (change: (plan: Plan) => Partial<Plan> = () => ({})): Plan => {
  const plan = planSchema.parse(written);
  return { ...plan, ...change(plan) };
};

/** The small plan with one step changed. */
export const stepWith = (id: string, change: Partial<Plan['steps'][number]>): Plan =>
  planWith(({ steps }) => ({ steps: steps.map((step) => (step.id === id ? { ...step, ...change } : step)) }));
