import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import RowList from './RowList.vue';

export const panel = definePanel({ slug: 'row-list', title: title('列表', 'List'), component: RowList });
