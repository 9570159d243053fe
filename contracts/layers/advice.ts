import { number, oneOf, position, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** What the decision models advise now: one row for each model and place, the headline of its newest run (docs/models.md). */
export const advice = defineLayer({
  slug: 'advice',
  title: title('推演建议', 'Advice of models'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  citywide: true,
  columns: {
    position: position(title('位置', 'Position'), { nullMeans: 'it is about the whole city' }),
    model: text(title('模型', 'Model'), 60),
    name: text(title('名称', 'Name'), 120),
    question: text(title('问题', 'Question'), 600),
    questionEn: text(title('英文问题', 'Question in English'), 900),
    advised: text(title('建议', 'Advised'), 600, { nullMeans: 'nothing is advised' }),
    advisedEn: text(title('英文建议', 'Advised in English'), 900, { nullMeans: 'nothing is advised' }),
    confidence: number(title('信心', 'Confidence'), ['percent', 1, 0, 100]),
    state: oneOf(title('状态', 'State'), {
      current: title('有效', 'Current'),
      changed: title('输入已变化', 'Inputs changed'),
      expired: title('已过有效期', 'Out of date'),
      failed: title('未完成', 'Not finished'),
      adopted: title('已采纳', 'Adopted'),
      dismissed: title('未采纳', 'Dismissed'),
    }),
    headlines: strings(title('要点', 'Headlines'), [8, 200]),
    gaps: text(title('输入缺口', 'Gaps in its inputs'), 2000, {
      nullMeans: 'nothing was missing or stale',
      origin: 'what was missing or stale, and what was used in its place',
    }),
    computedAt: time(title('推演时间', 'Computed')),
    validUntil: time(title('有效至', 'Valid until')),
    run: text(title('推演号', 'Run'), 80),
  },
});
