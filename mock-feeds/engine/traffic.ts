// How fast a road moves: hour, rain, its own character, and incidents nearby. Shared by vehicles and speed feeds,
// so that what a taxi does and what the segment says agree.
import { distanceM, type LonLat } from './geo.ts';
import { HOUR } from './local-time.ts';
import { drift, unit } from './random.ts';
import type { Rhythm } from './rhythm.ts';
import type { Weather } from './weather.ts';

export interface Disturbance {
  position: LonLat;
  /** Road name the disturbance lies on. */
  road: string;
  radiusM: number;
  /** Share of the speed that is lost, 0…1. */
  loss: number;
}

export interface Traffic {
  /** Speed over free flow, 0.08…1.05. */
  ratio(place: LonLat, road: { key: number; name: string; class: string }, at: number): number;
  setDisturbances(list: readonly Disturbance[]): void;
}

/** How much of the speed the busiest hour takes, by class of road. */
const PEAK_LOSS: Readonly<Record<string, number>> = {
  expressway: 0.16,
  national: 0.28,
  provincial: 0.24,
  street: 0.5,
  minor: 0.3,
};

export function createTraffic(seed: number, rhythm: Rhythm, weather: Weather): Traffic {
  let disturbances: readonly Disturbance[] = [];
  // The rhythm of one minute serves thousands of vehicles; that of its beginning, whoever asks first.
  let minute = NaN;
  let busy = 0;
  return {
    ratio: (place, road, at) => {
      const now = Math.floor(at / 60_000);
      if (now !== minute) [minute, busy] = [now, rhythm.traffic(now * 60_000)];
      const character = 0.55 + 0.9 * unit(seed, 101, road.key);
      const wave = 0.12 * drift(at / (0.6 * HOUR), seed, 103, road.key);
      const loss = (PEAK_LOSS[road.class] ?? 0.25) * busy * character * (1 + wave * 3);
      const rain = Math.min(0.35, weather.rainMmH(place, at) * 0.012);
      let ratio = (1 - loss) * (1 - rain) + wave * 0.3;
      for (const d of disturbances) {
        if (d.road !== road.name) continue;
        const away = distanceM(d.position, place);
        if (away < d.radiusM) ratio *= 1 - d.loss * (1 - away / d.radiusM);
      }
      return Math.min(1.05, Math.max(0.08, ratio));
    },
    setDisturbances: (list) => {
      disturbances = list;
    },
  };
}
