import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import DataLine from './DataLine.vue';

export const panel = definePanel({ slug: 'data-line', title: title('数据', 'Data'), component: DataLine });
