// A short made-up story, for fixtures of panels and for tests.
import type { ScenarioStory } from '../../contracts/records/scenario.ts';

const words = (zh: string, en: string) => ({ zh, en });

export const STORY: ScenarioStory = {
  slug: 'sample-flood',
  title: words('样例：一场洪水', 'Sample: one flood'),
  summary: words(
    '从第一场雨到解除响应：上游来水、水库预泄、沿江转移。样例，不是数据。',
    'From the first rain to stand-down: water from upstream, a reservoir drawn down, people moved. Made up.',
  ),
  startAt: '2026-07-17T08:00:00+08:00',
  t0S: 7200,
  durationS: 36_000,
  chapters: [
    { id: 'rain', title: words('第一场雨', 'First rain'), atS: 0 },
    { id: 'water', title: words('上游来水', 'Water from upstream'), atS: 7200 },
    { id: 'release', title: words('水库预泄与沿江转移', 'Draw-down, and people moved'), atS: 18_000 },
    { id: 'over', title: words('解除响应', 'Stand-down'), atS: 32_400 },
  ],
  expectations: { total: 24, pending: 7 },
  captions: [
    { atS: 0, text: words('早上八点，北部开始下雨', 'Eight in the morning: rain in the north') },
    { atS: 7200, text: words('上游来水到达朝天', 'The water from upstream reaches Chaotian') },
  ],
  moves: [],
  notes: [
    {
      atS: 0,
      text: words(
        '先请大家看左侧雨量，再看地图上的雨带。',
        'Point at the rain on the left, then at the map.',
      ),
    },
    {
      atS: 7200,
      text: words('强调：从雨到水有两个小时，这就是预案的时间。', 'Two hours lie between rain and water.'),
    },
  ],
};
