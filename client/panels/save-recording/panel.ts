import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'save-recording',
  title: title('另存录像', 'Save a recording'),
  load: () => import('./SaveRecording.vue'),
});
