import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'acknowledgements',
  title: title('叫应签收', 'Acknowledgements'),
  load: () => import('./AckPanel.vue'),
});
