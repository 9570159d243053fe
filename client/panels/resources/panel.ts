import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import ResourcesPanel from './ResourcesPanel.vue';

export const panel = definePanel({
  slug: 'resources',
  title: title('应急资源', 'Resources'),
  component: ResourcesPanel,
});
