// What lies over a screen, for screens; panels read the store.
export { overlay } from '../stores/overlay.ts';
