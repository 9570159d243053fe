import { watch } from 'vue';
import { title } from '../../../contracts/declare.ts';
import { firstPicture } from '../../first-picture.ts';
import { overlay } from '../../stores/overlay.ts';
import { definePanel } from '../panel.ts';

/** After the first picture of the map, or when somebody wants to search before that. */
const wanted = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = watch(
      () => overlay.search,
      (open) => open && resolve(),
      { immediate: true },
    );
    void firstPicture()
      .then(resolve)
      .finally(() => stop());
  });

export const panel = definePanel({
  slug: 'search',
  title: title('查找', 'Search'),
  load: () => import('./SearchPanel.vue'),
  when: wanted,
});
