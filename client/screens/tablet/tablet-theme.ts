// Paper by day unless the address or the hand says night; kept for this browser.
import { ref, watch } from 'vue';
import { settings } from '../../settings.ts';

type Theme = 'light' | 'night';
const KEY = 'tablet-theme';

function stored(): Theme {
  try {
    return localStorage.getItem(KEY) === 'night' ? 'night' : 'light';
  } catch {
    // A browser that keeps nothing begins with paper.
    return 'light';
  }
}

export const tabletTheme = ref<Theme>(settings.themeAsked ?? stored());

watch(tabletTheme, (theme) => {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Chosen for this page only.
  }
});
