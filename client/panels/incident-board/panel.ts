import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'incident-board',
  title: title('看板', 'Boards'),
  load: () => import('./IncidentBoardPanel.vue'),
});
