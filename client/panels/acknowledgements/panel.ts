import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import AckPanel from './AckPanel.vue';

export const panel = definePanel({
  slug: 'acknowledgements',
  title: title('叫应签收', 'Acknowledgements'),
  component: AckPanel,
});
