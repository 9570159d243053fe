import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { defineIndicator } from '../define.ts';

const CHANNELS = ['110', '119', '120'] as const;

export default defineIndicator({
  slug: 'calls-open',
  version: 1,
  title: { zh: '在办警情', en: 'Emergency calls open' },
  unit: { zh: '起', en: '' },
  sign: null,
  key: false,
  direction: 'down',
  limits: [],
  periodS: 60,
  inputs: [emergencyCall],
  formula: {
    zh: '24小时内未结束的110、119、120警情数，按来源列出。',
    en: 'Calls to 110, 119 and 120 of the last 24 h that are not closed, listed by channel.',
  },
  systems: ['smart-police', 'smart-fire', 'smart-health'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const table = view.table(emergencyCall);
    const [status, channel] = [table.column('status'), table.column('channel')];
    const counts = view.lanes(CHANNELS.length);
    view.scan(emergencyCall, (slot, region) => {
      const code = status.get(slot);
      const from = channel.get(slot);
      if (code === null || from === null) return false;
      if (code === 'closed') return true;
      view.add(region, 1);
      const lane = CHANNELS.indexOf(from) * view.regionCount;
      counts[lane] = (counts[lane] as number) + 1;
      if (region > 0) counts[lane + region] = (counts[lane + region] as number) + 1;
      return true;
    });
    for (let region = 0; region < view.regionCount; region++) {
      for (const [i, code] of CHANNELS.entries()) {
        const count = counts[i * view.regionCount + region] as number;
        if (count > 0) view.note(region, `${code} ${count}`);
      }
    }
  },
});
