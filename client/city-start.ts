// Loads the city's facts, again and again until the server answers, and tells the worker where the city is.
import { after, backOffMs } from './clock.ts';
import type { Place } from './shapes.ts';
import { parseCity, type City } from './stores/city.ts';
import { city, cityFailure } from './stores/ground.ts';
import { askServer } from './stores/world.ts';

export function startCity(placed: (place: Place) => void): void {
  let attempt = 0;
  const load = async (): Promise<void> => {
    try {
      const found = await fetchCity();
      city.value = found;
      cityFailure.value = null;
      document.title = found.title.zh;
      placed(placeOf(found));
    } catch (error) {
      cityFailure.value = error instanceof Error ? error.message : String(error);
      after(backOffMs(attempt++), () => void load());
    }
  };
  void load();
}

async function fetchCity(): Promise<City> {
  const response = await askServer('/api/city');
  if (!response.ok) throw new Error(`/api/city: ${response.status}: is the server of this page running?`);
  return parseCity(await response.json());
}

function placeOf(found: City): Place {
  const [west, south, east, north] = found.bounds;
  const origin = [(west + east) / 2, (south + north) / 2] as const;
  return { origin, bounds: found.bounds, tilesUrl: found.tilesUrl };
}
