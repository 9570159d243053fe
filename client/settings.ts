// What the address says about this page: language, theme, and the switches for tests and debugging.
// Tests of panels have no address.
const query = new URLSearchParams(typeof location === 'undefined' ? '' : location.search);
const asked = query.get('theme');
const themeAsked = asked === 'light' || asked === 'night' ? asked : null;

export const settings = {
  locale: query.get('lang') === 'en' ? ('en' as const) : ('zh' as const),
  theme: themeAsked ?? ('night' as const),
  /** What the address asks for; a page without a wish of its own uses `theme`. */
  themeAsked,
  debug: query.has('debug'),
  /** Draws on request and exposes window.cockpit; the value is the resolution, half where it has none. */
  e2e: query.has('e2e') ? Number(query.get('e2e')) || 0.5 : null,
} as const;
