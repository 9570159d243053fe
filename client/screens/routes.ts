import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/', redirect: (to) => ({ path: '/wall', query: to.query }), meta: { map: true } },
  {
    path: '/wall',
    component: () => import('./wall/WallScreen.vue'),
    meta: { screen: 'wall', map: true, needs: 'read-layer' },
  },
  {
    path: '/desk',
    component: () => import('./desk/DeskScreen.vue'),
    meta: { screen: 'desk', map: true, needs: 'read-layer' },
  },
  {
    path: '/half',
    component: () => import('./half/HalfScreen.vue'),
    meta: { screen: 'desk', map: true, needs: 'read-layer' },
  },
  {
    path: '/tablet',
    component: () => import('./tablet/TabletScreen.vue'),
    meta: { screen: 'tablet', needs: 'read-layer' },
  },
  {
    path: '/field',
    component: () => import('./field/FieldScreen.vue'),
    // Says itself what it does without a network.
    meta: { screen: 'page', offline: true, needs: 'read-incidents' },
  },
  {
    path: '/play',
    component: () => import('./play/PlayScreen.vue'),
    meta: { screen: 'wall', scripted: true, needs: 'read-layer' },
  },
  { path: '/sign-in', component: () => import('./sign-in/SignInScreen.vue'), meta: { screen: 'page' } },
  {
    path: '/admin',
    component: () => import('./admin/AdminScreen.vue'),
    meta: { screen: 'page', needs: 'read-accounts' },
  },
  {
    path: '/admin/feeds',
    component: () => import('./admin/FeedsScreen.vue'),
    meta: { screen: 'page', needs: 'read-feed-settings' },
  },
  {
    path: '/admin/rules',
    component: () => import('./admin/RulesScreen.vue'),
    meta: { screen: 'page', needs: 'change-alert-limits' },
  },
  {
    path: '/admin/thresholds',
    component: () => import('./admin/ThresholdsScreen.vue'),
    meta: { screen: 'page', needs: 'read-city-settings' },
  },
  {
    path: '/admin/responsibilities',
    component: () => import('./admin/ResponsibilitiesScreen.vue'),
    meta: { screen: 'page', needs: 'read-city-settings' },
  },
  {
    path: '/admin/rosters',
    component: () => import('./admin/RostersScreen.vue'),
    meta: { screen: 'page', needs: 'read-duty' },
  },
  {
    path: '/admin/areas',
    component: () => import('./admin/AreasScreen.vue'),
    meta: { screen: 'page', needs: 'read-city-settings' },
  },
  {
    path: '/exports',
    component: () => import('./admin/ExportsScreen.vue'),
    meta: { screen: 'page', needs: ['ask-exports', 'read-exports'] },
  },
  {
    path: '/audit',
    component: () => import('./admin/AuditScreen.vue'),
    meta: { screen: 'page', needs: 'read-audit' },
  },
  {
    path: '/data',
    component: () => import('./trust/TrustScreen.vue'),
    meta: { screen: 'page', needs: 'read-feeds' },
  },
  { path: '/gallery', component: () => import('../gallery/GalleryScreen.vue'), meta: { screen: 'wall' } },
  { path: '/:rest(.*)*', component: () => import('./NotFound.vue'), meta: { screen: 'page' } },
];
