// How this screen stands in its room, kept on this machine. `?screen=<name>` tells screens of one machine apart.
import { reactive, watch } from 'vue';
import { setLocale, type Locale } from './session.ts';

export interface ScreenSettings {
  /** Design distance of the reader, metres; null: the picture's height is 56.8 units, as a 2.2 m wall seen from 6 m. */
  distanceM: number | null;
  /** Millimetres of one pixel of the picture. */
  mmPerPx: number;
  /** Unattended: scenes take turns. */
  rotates: boolean;
  /** Seconds a scene stands, at least 20. */
  standS: number;
  /** 静: cuts and jumps instead of movement. */
  still: boolean;
  /** null: as the address says. */
  locale: Locale | null;
}

export const LEAST_STAND_S = 20;
const usual: ScreenSettings = {
  locale: null,
  distanceM: null,
  mmPerPx: 1.019,
  rotates: false,
  standS: 30,
  still: false,
};

const range = (value: unknown, [least, most]: readonly [number, number]): number | null =>
  typeof value === 'number' && value >= least && value <= most ? value : null;

/** What fits of what was kept; the rest is as usual. */
export function parseScreenSettings(text: string | null): ScreenSettings {
  let kept: Partial<Record<keyof ScreenSettings, unknown>> = {};
  try {
    const body: unknown = JSON.parse(text ?? '{}');
    if (typeof body === 'object' && body !== null) kept = body;
  } catch {
    // Damaged by hand: as usual.
  }
  return {
    distanceM: range(kept.distanceM, [0.3, 60]),
    mmPerPx: range(kept.mmPerPx, [0.05, 10]) ?? usual.mmPerPx,
    rotates: kept.rotates === true,
    standS: range(kept.standS, [LEAST_STAND_S, 3600]) ?? usual.standS,
    still: kept.still === true,
    locale: kept.locale === 'zh' || kept.locale === 'en' ? kept.locale : null,
  };
}

/** Height of a character of 20 arc-minutes at this distance, as font size in pixels; null: by the picture. */
export const unitPx = ({ distanceM, mmPerPx }: ScreenSettings): number | null =>
  distanceM === null ? null : Math.max(10, Math.round((distanceM * 5.82) / 0.92 / mmPerPx));

export const screenSettings = reactive<ScreenSettings>({ ...usual });

/** Reads what was kept and puts it to use now and whenever it changes; returns what stops it. */
export function useScreenSettings(): () => void {
  const name = new URLSearchParams(location.search).get('screen') ?? 'wall';
  const key = `cockpit/screen/${name}`;
  Object.assign(screenSettings, parseScreenSettings(localStorage.getItem(key)));
  const root = document.documentElement;
  const stop = watch(
    screenSettings,
    (now) => {
      localStorage.setItem(key, JSON.stringify(now));
      const unit = unitPx(now);
      if (unit === null) root.style.removeProperty('--u');
      else root.style.setProperty('--u', `${unit}px`);
      if (now.locale) setLocale(now.locale);
      root.dataset['motion'] = now.still ? 'still' : 'full';
      dispatchEvent(new Event('resize'));
    },
    { immediate: true },
  );
  return () => {
    stop();
    root.style.removeProperty('--u');
  };
}
