// What the address says about this page: language, theme, and the switches for tests and debugging.
const query = new URLSearchParams(location.search);

export const settings = {
  locale: query.get('lang') === 'en' ? ('en' as const) : ('zh' as const),
  theme: query.get('theme') === 'light' ? ('light' as const) : ('night' as const),
  debug: query.has('debug'),
  /** Draws on request at half resolution and exposes window.cockpit. */
  e2e: query.has('e2e'),
} as const;

/** The switches carried to another page of the cockpit. */
export const carriedQuery = (): Record<string, string> => Object.fromEntries(query);
