import { number, oneOf, position, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Schemes of release that a dispatch centre drew up for a reservoir and nobody has ordered yet. */
export const releasePlan = defineLayer({
  slug: 'release-plan',
  title: title('拟调度方案', 'Release schemes'),
  topic: 'emergency',
  kind: 'table',
  time: 'forecast',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(),
    reservoir: text(title('水库', 'Reservoir'), 60),
    scheme: text(title('方案', 'Scheme'), 20, { origin: 'schemes of one name belong together: 甲, 乙' }),
    name: text(title('名称', 'Name'), 120),
    state: oneOf(title('状态', 'State'), {
      drafted: title('拟定', 'Drafted'),
      withdrawn: title('撤回', 'Withdrawn'),
    }),
    maxM3S: number(title('最大出库', 'Highest release'), ['m3/s', 1, 0, 200_000]),
    fromAt: time(title('起', 'From')),
    steps: strings(title('过程', 'Steps'), [60, 40], {
      origin: '"epoch ms outflow m³/s", rising; each holds until the next',
    }),
  },
});
