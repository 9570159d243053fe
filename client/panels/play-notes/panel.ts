import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'play-notes',
  title: title('讲稿', 'Presenter notes'),
  load: () => import('./PresenterNotes.vue'),
});
