import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import OperationsPanel from './OperationsPanel.vue';

export const panel = definePanel({
  slug: 'operations',
  title: title('人工干预', 'Operations by hand'),
  component: OperationsPanel,
});
