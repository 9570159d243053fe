import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'scenario-list',
  title: title('演示脚本', 'Scenarios'),
  load: () => import('./ScenarioList.vue'),
});
