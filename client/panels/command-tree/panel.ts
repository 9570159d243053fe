import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import CommandTree from './CommandTree.vue';

export const panel = definePanel({
  slug: 'command-tree',
  title: title('指挥体系', 'Command tree'),
  component: CommandTree,
});
