// Composition root of the page: fonts, link, city, router.
import { createApp } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import App from './App.vue';
import { expectPicture } from './first-picture.ts';
import './fonts.ts';
import { routes } from './screens/routes.ts';
import { settings } from './settings.ts';
import { startShared } from './share-start.ts';
import { followAccess } from './stores/access.ts';
import { followScenes } from './stores/scene.ts';
import { setLocale } from './stores/session.ts';
import { startTime } from './stores/time.ts';
import { startTrusting } from './stores/trust-now.ts';
import './styles/base.css';
import './styles/tokens.css';
import { startWorldLink } from './world-start.ts';
import LinkWorker from './worker.ts?worker';

document.documentElement.dataset['theme'] = settings.theme;
setLocale(settings.locale);
startTime();
followAccess();
followScenes();
startTrusting();
const router = createRouter({ history: createWebHistory(), routes });
if (router.resolve(location.pathname).meta['map'] === true) {
  expectPicture();
  // Fetched beside the screen that shows it, not after it.
  void import('./screens/map-component.ts');
}
startWorldLink(() => new LinkWorker({ name: 'link' }));

startShared(new URLSearchParams(location.search));
createApp(App).use(router).mount('#app');
