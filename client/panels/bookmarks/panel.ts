import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'bookmarks',
  title: title('书签与分享', 'Bookmarks and sharing'),
  load: () => import('./BookmarksPanel.vue'),
});
