import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'opinion-rumor-open',
  version: 1,
  title: { zh: '待核查不实信息', en: 'Possible false information to be checked' },
  unit: { zh: '条', en: '' },
  sign: 'public-opinion',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([0, 2, 5], { best: 0 }),
  periodS: 3600,
  inputs: [opinionPost],
  formula: {
    zh: '24小时内标记为“待核查”、尚无核查结论的信息条数；来源不说明是否送核查的信息不算可用，降低覆盖率。',
    en: 'Posts of the last 24 h that are marked "to be checked" and have no finding yet; posts whose source does not say what is checked are not usable and lower the coverage.',
  },
  systems: ['x-opinion'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const check = view.table(opinionPost).column('check');
    view.scan(opinionPost, (slot, region) => {
      const mark = check.get(slot);
      if (mark === null) return false;
      if (mark === 'open') view.add(region, 1);
      return true;
    });
  },
});
