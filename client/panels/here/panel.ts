import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import HerePanel from './HerePanel.vue';

export const panel = definePanel({ slug: 'here', title: title('此处', 'Here'), component: HerePanel });
