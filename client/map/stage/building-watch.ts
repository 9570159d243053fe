// Between the buildings of the map and their store: what people choose is drawn, what they point at is told.
import { watch } from 'vue';
import { buildings, loadBuildings } from '../../stores/buildings.ts';
import { asked, selectBuilding } from '../../stores/view.ts';
import type { Stage } from './stage.ts';

/** They came into sight, or went: what is known of all of them is worth having from then on. */
export function noteBuildings(shown: boolean, tilesUrl: string): void {
  buildings.shown = shown;
  if (shown) void loadBuildings(tilesUrl);
  else buildings.hovered = null;
}

/** Draws what the store says and answers what stands where somebody asked; returns what stops it. */
export function obeyBuildings(stage: Stage): () => void {
  const stops = [
    watch(
      () => buildings.colour,
      (attribute) => stage.buildings.colourBy(attribute),
      { immediate: true },
    ),
    watch(
      () => buildings.filter,
      (filter) => stage.buildings.filter(filter),
      { immediate: true },
    ),
    watch(
      () => [buildings.picked, buildings.asked, buildings.hovered].map((one) => one?.number ?? null),
      ([picked = null, about = null, hovered = null]) =>
        stage.buildings.light({ picked, asked: about, hovered }),
      { immediate: true },
    ),
    watch(asked, () => (buildings.asked = null)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

interface Spot {
  /** CSS pixels of the canvas. */
  readonly x: number;
  readonly y: number;
}

/** Says which building is drawn at the spot of the place that is being asked about. */
export async function askBuilding(stage: Stage, spot: Spot): Promise<void> {
  const place = asked.value;
  const building = await stage.buildings.pick(spot.x, spot.y);
  if (asked.value === place) buildings.asked = building;
}

/** Opens the card of the building at a spot; does the other thing where there is none. */
export async function chooseBuilding(stage: Stage, spot: Spot, otherwise: () => void): Promise<void> {
  const building = await stage.buildings.pick(spot.x, spot.y);
  if (building) selectBuilding(building);
  else otherwise();
}

/** Lights the building at a spot, unless the pointer has gone on. */
export async function hoverBuilding(stage: Stage, spot: Spot, isStillThere: () => boolean): Promise<void> {
  const building = await stage.buildings.pick(spot.x, spot.y);
  if (isStillThere() && buildings.hovered?.number !== building?.number) buildings.hovered = building;
}
