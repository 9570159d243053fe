// What can be done about an advice is offered to who may, while it is open, and for the incident that is open.
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { expect, test } from 'vitest';
import type { DecisionRun } from '../../../contracts/records/advice.ts';
import AdviceActs from './AdviceActs.vue';
import { fixture } from './panel.fixture.ts';

const { run } = fixture.props('live') as { readonly run: DecisionRun };
const nobody = (): never => {
  throw new Error('nothing is done here');
};
const html = (more: object = {}): Promise<string> =>
  renderToString(
    createSSRApp(AdviceActs, {
      ...{ chosen: null, rows: [], models: [], names: { chief: '值班长' }, run, incident: null },
      ...{ timeZone: 'Asia/Shanghai', may: { run: true, adopt: true, look: true } },
      ...{ adoptOption: nobody, dismissRun: nobody, startRun: nobody, cancelRun: nobody, showPack: nobody },
      ...more,
    }),
  );

test('adopting and dismissing are offered while nothing was decided, to who may', async () => {
  expect(await html()).toMatch(/>\s*采纳\s*</);
  expect(await html()).toMatch(/>\s*不采纳\s*</);
  expect(await html({ may: { run: true, adopt: false, look: true } })).not.toMatch(/采纳/);
});

test('what was decided stands there with who, why and the tasks, and is offered no more', async () => {
  const adoption = {
    ...{ id: 4, by: 'chief', at: run.at, option: 'a', incident: 7, reason: '先保古城' },
    ...{
      evidence: { id: 3, hash: '' },
      tasks: [
        { id: 12, why: '' },
        { id: null, why: '事件已办结' },
      ],
    },
  };
  const said = await html({ run: { ...run, adopted: [adoption] } });
  for (const part of ['甲 错峰拦洪', '值班长', '先保古城', '12', '事件已办结']) expect(said).toContain(part);
  expect(said).not.toMatch(/>\s*采纳\s*</);
});
