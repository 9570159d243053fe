import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'task-board',
  title: title('任务看板', 'Task board'),
  load: () => import('./TaskBoard.vue'),
});
