// What the address says about this page: language, theme, and the switches for tests and debugging.
// Tests of panels have no address.
const query = new URLSearchParams(typeof location === 'undefined' ? '' : location.search);

interface PageAsked {
  readonly locale: 'zh' | 'en' | null;
  readonly theme: 'light' | 'night' | null;
  /** Names of those whose value is none this version knows. */
  readonly ignored: readonly string[];
}

const LOCALES = ['zh', 'en'] as const;
const THEMES = ['light', 'night'] as const;

/** The language and the theme an address asks for; null where it asks for none. */
export function readPage(address: URLSearchParams): PageAsked {
  const [lang, themeText] = [address.get('lang'), address.get('theme')];
  const locale = LOCALES.find((one) => one === lang) ?? null;
  const theme = THEMES.find((one) => one === themeText) ?? null;
  const isBad = { lang: lang !== null && locale === null, theme: themeText !== null && theme === null };
  return { locale, theme, ignored: (['lang', 'theme'] as const).filter((name) => isBad[name]) };
}

const asked = readPage(query);

export const settings = {
  locale: asked.locale ?? ('zh' as const),
  theme: asked.theme ?? ('night' as const),
  /** What the address asks for; a page without a wish of its own uses `theme`. */
  themeAsked: asked.theme,
  debug: query.has('debug'),
  /** Draws on request and exposes window.cockpit; the value is the resolution, half where it has none. */
  e2e: query.has('e2e') ? Number(query.get('e2e')) || 0.5 : null,
} as const;
