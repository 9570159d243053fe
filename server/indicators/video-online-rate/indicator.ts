import { roadsidePoint } from '../../../contracts/layers/roadside-point.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'video-online-rate',
  version: 1,
  title: { zh: '公共视频在线率', en: 'Public video online' },
  unit: { zh: '%', en: '%' },
  sign: 'public-security',
  key: false,
  direction: 'up',
  limits: limitsFrom2024([97, 93, 85], { best: 100 }),
  periodS: 900,
  inputs: [roadsidePoint],
  formula: {
    zh: '最近4分钟内报告在线的路侧视频点数 / 已知路侧视频点数；从未报告的登记点降低覆盖率。公安视频专网的摄像机未接入。',
    en: 'Roadside cameras that said in the last 4 min that they are online / roadside cameras known; registered ones never heard of lower the coverage. Cameras of the police video network are not connected.',
  },
  systems: ['smart-transport'],
  granularity: 'county',
  aggregate: 'RATE',
  roster: ({ stations }, county) =>
    countStations(
      stations.roadside.filter(({ kind }) => kind === 'camera'),
      county,
    ),
  evaluate(view) {
    const table = view.table(roadsidePoint);
    const [kind, online] = [table.column('kind'), table.column('online')];
    const visit = (slot: number, region: number): boolean => {
      const state = online.get(slot);
      if (state === null) return false;
      view.add(region, state === 'yes' && view.isFresh(roadsidePoint, slot) ? 1 : 0);
      return true;
    };
    view.scan(roadsidePoint, visit, { wants: (slot) => kind.get(slot) === 'camera', stale: 'visit' });
  },
});
