import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/', redirect: (to) => ({ path: '/wall', query: to.query }), meta: { map: true } },
  { path: '/wall', component: () => import('./wall/WallScreen.vue'), meta: { screen: 'wall', map: true } },
  { path: '/desk', component: () => import('./desk/DeskScreen.vue'), meta: { screen: 'desk', map: true } },
  { path: '/half', component: () => import('./half/HalfScreen.vue'), meta: { screen: 'desk', map: true } },
  { path: '/tablet', component: () => import('./tablet/TabletScreen.vue'), meta: { screen: 'tablet' } },
  {
    path: '/play',
    component: () => import('./play/PlayScreen.vue'),
    meta: { screen: 'wall', scripted: true },
  },
  { path: '/data', component: () => import('./trust/TrustScreen.vue'), meta: { screen: 'page' } },
  { path: '/gallery', component: () => import('../gallery/GalleryScreen.vue'), meta: { screen: 'wall' } },
  { path: '/:rest(.*)*', component: () => import('./NotFound.vue'), meta: { screen: 'page' } },
];
