import { expect, it } from 'vitest';
import { fitsCrisis, type AdviceRow } from './advice.ts';

const models = [
  { slug: 'flood-routing', kinds: ['flood', 'waterlogging'] },
  { slug: 'gas-plume', kinds: ['hazmat'] },
];
const of = (model: string): Pick<AdviceRow, 'values'> => ({ values: { model } as AdviceRow['values'] });

it('says in a crisis what its responses are about', () => {
  expect(fitsCrisis(of('gas-plume'), ['hazmat III'], models)).toBe(true);
  expect(fitsCrisis(of('flood-routing'), ['hazmat III'], models)).toBe(false);
  expect(fitsCrisis(of('flood-routing'), ['hazmat III', 'flood IV'], models)).toBe(true);
});

it('leaves nothing out in peacetime, where no response is active, or before the models are known', () => {
  expect(fitsCrisis(of('flood-routing'), [], models)).toBe(true);
  expect(fitsCrisis(of('flood-routing'), ['hazmat III'], [])).toBe(true);
});

it('leaves out what comes of a model that is not known', () => {
  expect(fitsCrisis(of('old-model'), ['hazmat III'], models)).toBe(false);
});
