// A view as an address: camera, layers, selection and what else makes the same picture elsewhere. Bookmarks keep the same.
import type { LonLat } from '../../contracts/column.ts';
import { catalog } from '../catalog.ts';
import { asked, mapPort, select, view, visible, type CameraView, type Selection } from './view.ts';

export interface SharedView {
  readonly camera: CameraView | null;
  /** Straight from above, without relief. */
  readonly flat: boolean;
  /** Slugs of the layers that are shown. */
  readonly layers: readonly string[];
  readonly selection: Selection | null;
  readonly asked: LonLat | null;
  readonly listed: string;
}

const PLACE_DIGITS = 6;
/** Names in the address. All of them begin alike, so that one sees what belongs together. */
const NAMES = {
  camera: 'v',
  mode: 'v.mode',
  layers: 'v.layers',
  selection: 'v.object',
  asked: 'v.place',
  listed: 'v.list',
};

const place = ([lon, lat]: LonLat): string => `${lon.toFixed(PLACE_DIGITS)},${lat.toFixed(PLACE_DIGITS)}`;

export function writeShared(shared: SharedView): URLSearchParams {
  const query = new URLSearchParams();
  const { camera } = shared;
  if (camera) {
    const { at, rangeM, headingDeg, pitchDeg } = camera;
    query.set(
      NAMES.camera,
      `${place(at)},${Math.round(rangeM)}m,${headingDeg.toFixed(1)},${pitchDeg.toFixed(1)}`,
    );
  }
  if (shared.flat) query.set(NAMES.mode, '2d');
  query.set(NAMES.layers, shared.layers.join(','));
  if (shared.selection) query.set(NAMES.selection, `${shared.selection.layer}/${shared.selection.key}`);
  if (shared.asked) query.set(NAMES.asked, place(shared.asked));
  query.set(NAMES.listed, shared.listed);
  return query;
}

/** What an address says, with unknown layers and broken numbers left out; null where it says nothing of a view. */
export function readShared(query: URLSearchParams): SharedView | null {
  if (!Object.values(NAMES).some((name) => query.has(name))) return null;
  const known = (slug: string): boolean => catalog.has(slug);
  const listed = query.get(NAMES.listed) ?? '';
  const layers = query.get(NAMES.layers);
  return {
    camera: readCamera(query.get(NAMES.camera)),
    flat: query.get(NAMES.mode) === '2d',
    layers: layers === null ? [...catalog.keys()] : layers.split(',').filter(known),
    selection: readSelection(query.get(NAMES.selection)),
    asked: readPlace(query.get(NAMES.asked)),
    listed: known(listed) ? listed : 'bus-position',
  };
}

/** The query without anything of a shared view. */
export function withoutShared(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  for (const name of Object.values(NAMES)) rest.delete(name);
  return rest;
}

function readPlace(text: string | null): LonLat | null {
  const [lon = NaN, lat = NaN] = (text ?? '').split(',').map(Number);
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
}

function readCamera(text: string | null): CameraView | null {
  const parts = (text ?? '').split(',');
  const at = readPlace(parts.slice(0, 2).join(','));
  const [rangeM = NaN, headingDeg = NaN, pitchDeg = NaN] = parts
    .slice(2)
    .map((part) => Number(part.replace(/m$/, '')));
  const fits = rangeM > 0 && rangeM < 1e7 && Math.abs(headingDeg) <= 360 && pitchDeg >= -90 && pitchDeg <= 0;
  return at && fits ? { at, rangeM, headingDeg, pitchDeg } : null;
}

function readSelection(text: string | null): Selection | null {
  const at = text?.indexOf('/') ?? -1;
  if (!text || at < 1) return null;
  const [layer, key] = [text.slice(0, at), text.slice(at + 1)];
  return catalog.has(layer) && key !== '' ? { layer, key } : null;
}

/** This page's view as it is now. */
export function currentShared(): SharedView {
  return {
    camera: mapPort.value?.camera() ?? null,
    flat: view.flat,
    layers: [...visible].filter(([, shown]) => shown).map(([slug]) => slug),
    selection: view.selection && { ...view.selection },
    asked: asked.value?.at ?? null,
    listed: view.listed,
  };
}

/** Makes this page's view like `shared`. */
export function applyShared(shared: SharedView): void {
  for (const slug of visible.keys()) visible.set(slug, shared.layers.includes(slug));
  view.flat = shared.flat;
  view.listed = shared.listed;
  view.following = false;
  select(shared.selection);
  asked.value = shared.asked && { at: shared.asked, name: null };
  if (shared.camera) mapPort.value?.look(shared.camera);
}
