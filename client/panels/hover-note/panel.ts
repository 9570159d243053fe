import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'hover-note',
  title: title('指向的对象', 'Under the pointer'),
  load: () => import('./HoverNote.vue'),
});
