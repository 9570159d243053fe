import { title } from '../../../contracts/declare.ts';
import { planStep } from '../../../contracts/layers/plan-step.ts';
import { defineLook, heights } from '../look.ts';

/** What a plan in force will have done and had done; what is under way stands there as its task. */
export const look = defineLook({
  layer: planStep,
  order: 66,
  shownAtStart: true,
  form: 'task',
  kinds: [
    {
      word: title('预案步骤 超时', 'Plan steps overdue'),
      when: [{ column: 'state', is: ['late'] }],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('预案步骤 进行中', 'Plan steps under way'),
      when: [{ column: 'state', is: ['open'] }],
      tint: 'data',
    },
    {
      word: title('预案步骤 已完成', 'Plan steps done'),
      when: [{ column: 'state', is: ['done', 'done-late'] }],
      tint: 'data',
      over: true,
    },
    { word: title('预案步骤 等待', 'Plan steps waiting'), when: [], tint: 'grey', scale: 0.85 },
  ],
  size: { farPx: 8, nearPx: 15 },
  zoom: [
    { belowM: heights.town, as: 'glyphs' },
    { belowM: Infinity, as: 'hidden' },
  ],
  facts: ['state', 'unit', 'dueAt', 'clause', 'plan', 'incident'],
});
