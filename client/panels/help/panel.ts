import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import HelpPanel from './HelpPanel.vue';

export const panel = definePanel({ slug: 'help', title: title('按键', 'Keys'), component: HelpPanel });
