import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import ScenarioList from './ScenarioList.vue';

export const panel = definePanel({
  slug: 'scenario-list',
  title: title('演示脚本', 'Scenarios'),
  component: ScenarioList,
});
