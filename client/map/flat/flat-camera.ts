// Where the light map looks: the whole city, and a step for a key.
import { WebMercatorViewport, type MapViewState } from '@deck.gl/core';
import type { City } from '../../stores/city.ts';
import { metresPerPixel } from './flat-view.ts';

export const ZOOM = { least: 6.5, most: 17 };
const PADDING_PX = 28;
const PAN_PX = 80;
const METRES_PER_DEGREE = 111_320;
const KEYS: Readonly<Record<string, { east: number; north: number; zoom: number }>> = {
  ArrowUp: { east: 0, north: 1, zoom: 0 },
  ArrowDown: { east: 0, north: -1, zoom: 0 },
  ArrowLeft: { east: -1, north: 0, zoom: 0 },
  ArrowRight: { east: 1, north: 0, zoom: 0 },
  '+': { east: 0, north: 0, zoom: 0.5 },
  '=': { east: 0, north: 0, zoom: 0.5 },
  '-': { east: 0, north: 0, zoom: -0.5 },
};

/** The whole city, seen from straight above. */
export function homeView({ bounds }: City, container: HTMLElement): MapViewState {
  const [west, south, east, north] = bounds;
  const size = {
    width: Math.max(100, container.clientWidth),
    height: Math.max(100, container.clientHeight),
  };
  const { longitude, latitude, zoom } = new WebMercatorViewport(size).fitBounds(
    [
      [west, south],
      [east, north],
    ],
    { padding: Math.min(PADDING_PX, size.width / 10, size.height / 10) },
  );
  return {
    longitude,
    latitude,
    zoom,
    pitch: 0,
    bearing: 0,
    minZoom: Math.min(ZOOM.least, zoom),
    maxZoom: ZOOM.most,
  };
}

/** The view one key further; null for a key that is not the map's. */
export function steppedBy(view: MapViewState, key: string): MapViewState | null {
  const step = KEYS[key];
  if (!step) return null;
  const { zoom, latitude, longitude } = view;
  const degrees = (metresPerPixel(zoom, latitude) * PAN_PX) / METRES_PER_DEGREE;
  return {
    ...view,
    zoom: Math.min(Math.max(zoom + step.zoom, ZOOM.least), ZOOM.most),
    longitude: longitude + (step.east * degrees) / Math.cos((latitude * Math.PI) / 180),
    latitude: latitude + step.north * degrees,
  };
}
