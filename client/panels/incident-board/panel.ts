import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import IncidentBoardPanel from './IncidentBoardPanel.vue';

export const panel = definePanel({
  slug: 'incident-board',
  title: title('看板', 'Boards'),
  component: IncidentBoardPanel,
});
