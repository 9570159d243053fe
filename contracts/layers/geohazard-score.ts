import { number, oneOf, position, severity, strings, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

const people = (zh: string, en: string, nullMeans?: string) =>
  number(title(zh, en), ['person', 1, 0, 10_000_000], nullMeans === undefined ? {} : { nullMeans });
const count = (zh: string, en: string) => number(title(zh, en), ['count', 1, 0, 100_000]);
const rain = (zh: string, en: string) => number(title(zh, en), ['mm', 0.1, 0, 3000]);

/** How near rain has brought the slopes of each town to failing, from its rain gauge (docs/hazards.md). */
export const geohazardScore = defineLayer({
  slug: 'geohazard-score',
  title: title('地灾气象风险', 'Geohazard by rain'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: 3600,
  retention: 'state',
  columns: {
    position: position(title('乡镇', 'Town')),
    name: text(title('名称', 'Name'), 60),
    score: number(title('风险指数', 'Score'), ['1', 0.01, 0, 100]),
    level: oneOf(title('级别', 'Level'), severity, { nullMeans: 'below blue' }),
    ratio: number(title('雨强阈值比', 'Rain over threshold'), ['1', 0.01, 0, 100]),
    durationH: number(title('起控历时', 'Duration that decides'), ['1', 1, 0, 72], {
      nullMeans: 'no rain of 3 to 48 hours',
      origin: 'hours',
    }),
    effectiveMm: rain('有效雨量', 'Effective rain'),
    effectiveFrom: oneOf(title('有效雨量来源', 'Effective rain from'), {
      gauge: title('站点前期雨量', 'Days before, by the gauge'),
      'rain-of-a-day': title('仅 24 小时雨量，偏低', 'The last 24 h only: too low'),
    }),
    rain1hMm: rain('1 小时雨量', 'Rain 1 h'),
    rain3hMm: rain('3 小时雨量', 'Rain 3 h'),
    rain24hMm: rain('24 小时雨量', 'Rain 24 h'),
    gauge: text(title('雨量站', 'Gauge'), 60),
    points: count('隐患点', 'Hazard points'),
    patrolPoints: count('需巡查点', 'Points to patrol'),
    preparePoints: count('准备转移点', 'Points to prepare'),
    preparePeople: people('准备转移人数', 'People to prepare'),
    movePoints: count('立即转移点', 'Points to move'),
    movePeople: people('立即转移人数', 'People to move'),
    people: people('受威胁人数', 'People threatened'),
    worst: strings(title('最险点', 'Worst points'), [8, 60]),
  },
});
