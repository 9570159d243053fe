// What the address says about this page: language, theme, and the switches for tests and debugging.
const query = new URLSearchParams(location.search);

export const settings = {
  locale: query.get('lang') === 'en' ? ('en' as const) : ('zh' as const),
  theme: query.get('theme') === 'light' ? ('light' as const) : ('night' as const),
  debug: query.has('debug'),
  /** Draws on request and exposes window.cockpit; the value is the resolution, half where it has none. */
  e2e: query.has('e2e') ? Number(query.get('e2e')) || 0.5 : null,
} as const;
