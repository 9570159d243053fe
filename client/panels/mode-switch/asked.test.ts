import { expect, it } from 'vitest';
import { switchOf, type Asked } from './asked.ts';

const asked: Asked = {
  ...{
    area: '510800',
    name: '',
    kind: 'flood',
    level: 'III',
    minutes: 60,
    incident: 5,
    plan: 'flood',
    scene: '',
  },
};
const around = { now: 1000, isOn: false, plan: { id: 'flood', inForce: 2 }, reason: '超警，转移' };

it('is named by its reason, ends on the clock of the city, and takes the plan in the version that was seen', () => {
  expect(switchOf(asked, around)).toEqual({
    ...{ verb: 'begin', area: '510800', name: '超警', incident: 5, scene: '', until: 3_601_000 },
    ...{ responses: [{ kind: 'flood', level: 'III' }], plans: [{ plan: 'flood', version: 2, level: 'III' }] },
  });
});

it('changes what holds, and activates nothing without incident, level or version in force', () => {
  expect(switchOf(asked, { ...around, isOn: true }).verb).toBe('change');
  const without = [
    switchOf({ ...asked, incident: null }, around),
    switchOf({ ...asked, level: '' }, around),
    switchOf(asked, { ...around, plan: { id: 'flood', inForce: null } }),
  ];
  expect(without).toMatchObject([{ plans: [] }, { plans: [], responses: [] }, { plans: [] }]);
});
