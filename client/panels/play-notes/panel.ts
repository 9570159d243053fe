import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import PresenterNotes from './PresenterNotes.vue';

export const panel = definePanel({
  slug: 'play-notes',
  title: title('讲稿', 'Presenter notes'),
  component: PresenterNotes,
});
