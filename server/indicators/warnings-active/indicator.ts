import { warning } from '../../../contracts/layers/warning.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

const SEVERITIES = ['red', 'orange', 'yellow', 'blue'] as const;
const NAMES = { red: '红', orange: '橙', yellow: '黄', blue: '蓝' } as const;

export default defineIndicator({
  slug: 'warnings-active',
  version: 1,
  title: { zh: '生效预警', en: 'Warnings in force' },
  unit: { zh: '条', en: '' },
  sign: null,
  key: true,
  direction: 'down',
  limits: limitsFrom2024([]),
  periodS: 60,
  inputs: [warning],
  formula: {
    zh: '当前生效的实际预警条数（不含演练、测试），按色列出；级别取其中最高的颜色。按区域拆分的预警每个区域各计一条。',
    en: 'Actual warnings in force now (no exercises, no tests), listed by colour; the level is the highest colour. A warning split by area counts once for each area.',
  },
  systems: ['smart-emergency'],
  granularity: 'county',
  aggregate: 'WORST',
  evaluate(view) {
    const table = view.table(warning);
    const [severity, status] = [table.column('severity'), table.column('status')];
    const [onsetAt, expiresAt] = [table.column('onsetAt'), table.column('expiresAt')];
    const counts = view.lanes(SEVERITIES.length);
    view.scan(warning, (slot, region) => {
      const code = severity.get(slot);
      // NaN, an open end, compares false both ways.
      const isOver = expiresAt.get(slot) <= view.now || onsetAt.get(slot) > view.now;
      if (status.get(slot) !== 'actual' || isOver) return true;
      if (code === null) return false;
      view.add(region, 1);
      view.grade(region, code);
      const lane = SEVERITIES.indexOf(code) * view.regionCount;
      counts[lane] = (counts[lane] as number) + 1;
      if (region > 0) counts[lane + region] = (counts[lane + region] as number) + 1;
      return true;
    });
    for (let region = 0; region < view.regionCount; region++) {
      for (const [i, code] of SEVERITIES.entries()) {
        const count = counts[i * view.regionCount + region] as number;
        if (count > 0) view.note(region, `${NAMES[code]} ${count}`);
      }
    }
  },
});
