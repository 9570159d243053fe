// The shelf of scenarios with the words of this city: its places, and the layers, indicators, feeds and scenes there are.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { City } from '../../cities/load.ts';
import { readRights } from '../access/rights.ts';
import { nearest } from '../kit/nearest-word.ts';
import { ScenarioShelf } from '../scenarios/scenario-shelf.ts';

export interface CityScenariosParts {
  /** scenes/, which holds the scenarios as well. */
  readonly scenesFolder: string;
  readonly city: City;
  readonly layers: ReadonlyMap<string, { readonly columns: object }>;
  readonly indicators: Iterable<string>;
  readonly feeds: Iterable<string>;
}

export function openScenarios(parts: CityScenariosParts): ScenarioShelf {
  const { scenesFolder, city, layers, indicators, feeds } = parts;
  const places = new Map(city.gazetteer.map(({ id, lon, lat }) => [id, [lon, lat] as const]));
  const columns = [...layers].map(([slug, layer]) => [slug, new Set(Object.keys(layer.columns))] as const);
  const rights = readRights();
  const scenes = readdirSync(scenesFolder).filter((name) =>
    existsSync(path.join(scenesFolder, name, 'scene.yaml')),
  );
  return new ScenarioShelf({
    folder: path.join(scenesFolder, 'scenarios'),
    words: {
      layers: new Map(columns),
      indicators: new Set(indicators),
      feeds: new Set(feeds),
      scenes: new Set(scenes),
      mayEver: (role, action) => rights.may(role, action, false) || rights.may(role, action, true),
      placeOf: (id) => places.get(id) ?? null,
      nearest,
    },
  });
}
