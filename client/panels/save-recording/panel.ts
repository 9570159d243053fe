import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import SaveRecording from './SaveRecording.vue';

export const panel = definePanel({
  slug: 'save-recording',
  title: title('另存录像', 'Save a recording'),
  component: SaveRecording,
});
