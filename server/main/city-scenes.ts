// The shelf of scenes with the words of this city: its places, the layers and the indicators there are.
import type { City } from '../../cities/load.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { nearest } from '../kit/nearest-word.ts';
import { SceneShelf } from '../scenes/scene-shelf.ts';

export interface CityScenesParts {
  readonly folder: string;
  readonly city: City;
  readonly layers: Iterable<string>;
  readonly indicators: Iterable<string>;
  readonly clock: Clock;
  readonly log: Logger;
}

export function openScenes({ folder, city, layers, indicators, clock, log }: CityScenesParts): SceneShelf {
  const places = new Map(city.gazetteer.map(({ id, lon, lat }) => [id, [lon, lat] as const]));
  const { core } = city.profile.camera;
  return new SceneShelf({
    folder,
    clock,
    log,
    words: {
      layers: new Set(layers),
      indicators: new Set(indicators),
      placeOf: (id) => places.get(id) ?? null,
      core: { centre: core.centre, heightM: core.heightM },
      nearest,
    },
  });
}
