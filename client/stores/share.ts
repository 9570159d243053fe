// A view as an address: camera, layers, selection, moment and what else makes the same picture elsewhere. Bookmarks keep
// the same.
import type { LonLat } from '../../contracts/column.ts';
import { TEMPORARY } from './temporary.ts';
import { catalog } from '../catalog.ts';
import { layersNow, setLayers, type LayerState } from './choices.ts';
import { LAYER_NAMES, readLayers, writeLayers, type Complain } from './share-layers.ts';
import { askedMoment } from './time-cursor.ts';
import { asked, mapPort, select, view, type CameraView, type Selection } from './view.ts';

export interface SharedView {
  readonly camera: CameraView | null;
  /** Straight from above, without relief. */
  readonly flat: boolean;
  readonly layers: LayerState;
  readonly selection: Selection | null;
  readonly asked: LonLat | null;
  readonly listed: string;
  /** City clock, epoch ms to the second; null: now. */
  readonly moment: number | null;
}

/** Degrees to a metre. */
const PLACE_DIGITS = 5;
const PREFIX = 'v';
/** Names in the address. All of them begin alike, so that one sees what belongs together. */
const NAMES = {
  camera: PREFIX,
  mode: 'v.mode',
  selection: 'v.object',
  asked: 'v.place',
  listed: 'v.list',
  moment: 'v.at',
} as const;
const KNOWN: ReadonlySet<string> = new Set([...Object.values(NAMES), ...Object.values(LAYER_NAMES)]);
const USUAL_LIST = 'bus-position';

const isShared = (name: string): boolean => name === PREFIX || name.startsWith(`${PREFIX}.`);
const rounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
const place = ([lon, lat]: LonLat): string => `${rounded(lon, PLACE_DIGITS)},${rounded(lat, PLACE_DIGITS)}`;

export function writeShared(shared: SharedView): URLSearchParams {
  const query = new URLSearchParams();
  const { camera } = shared;
  if (camera) {
    const { at, rangeM, headingDeg, pitchDeg } = camera;
    query.set(
      NAMES.camera,
      `${place(at)},${Math.round(rangeM)}m,${rounded(headingDeg, 1)},${rounded(pitchDeg, 1)}`,
    );
  }
  if (shared.flat) query.set(NAMES.mode, '2d');
  writeLayers(query, shared.layers);
  if (shared.selection) query.set(NAMES.selection, `${shared.selection.layer}/${shared.selection.key}`);
  if (shared.asked) query.set(NAMES.asked, place(shared.asked));
  // Also where it is the usual one: an address of a view is never empty.
  query.set(NAMES.listed, shared.listed);
  if (shared.moment !== null) query.set(NAMES.moment, isoSecond(shared.moment));
  return query;
}

const isoSecond = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** As it stands in an address: what may stay readable there does. */
export const addressOf = (query: URLSearchParams): string =>
  query.toString().replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':');

/** The query of this page with its view, its language and its theme in it; what else was in the query stays. */
export function shareQuery(
  search: string,
  page: { readonly locale: string; readonly theme: string },
): URLSearchParams {
  const query = withoutShared(new URLSearchParams(search));
  query.set('lang', page.locale);
  query.set('theme', page.theme);
  for (const [name, value] of writeShared(currentShared())) query.append(name, value);
  return query;
}

export interface ReadShared {
  /** null where the address says nothing of a view. */
  readonly view: SharedView | null;
  /** Names of parameters that this version does not know or whose value cannot be, left out in part or as a whole. */
  readonly ignored: readonly string[];
}

export function readShared(query: URLSearchParams): ReadShared {
  const names = [...query.keys()].filter(isShared);
  const ignored = new Set(names.filter((name) => !KNOWN.has(name)));
  const complain: Complain = (name) => {
    ignored.add(name);
  };
  const read = <T>(name: string, parse: (text: string) => T | null): T | null => {
    const text = query.get(name);
    const value = text === null ? null : parse(text);
    if (text !== null && value === null) complain(name);
    return value;
  };
  const shared = {
    camera: read(NAMES.camera, readCamera),
    flat: read(NAMES.mode, (text) => (text === '2d' ? true : null)) ?? false,
    layers: readLayers(query, complain),
    selection: read(NAMES.selection, readSelection),
    asked: read(NAMES.asked, readPlace),
    listed: read(NAMES.listed, (slug) => (catalog.has(slug) ? slug : null)) ?? USUAL_LIST,
    moment: read(NAMES.moment, readMoment),
  };
  return { view: names.some((name) => KNOWN.has(name)) ? shared : null, ignored: [...ignored] };
}

/** The query without anything of a shared view. */
export function withoutShared(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  for (const name of query.keys()) if (isShared(name)) rest.delete(name);
  return rest;
}

function readPlace(text: string): LonLat | null {
  const parts = text.split(',');
  const [lon = NaN, lat = NaN] = parts.map(Number);
  const isPlace = parts.length === 2 && parts.every((part) => part.trim() !== '');
  return isPlace && Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
}

function readCamera(text: string): CameraView | null {
  const parts = text.split(',');
  const at = readPlace(parts.slice(0, 2).join(','));
  const [rangeM = NaN, headingDeg = NaN, pitchDeg = NaN] = parts
    .slice(2)
    .map((part) => Number(part.replace(/m$/, '')));
  const fits = rangeM > 0 && rangeM < 1e7 && Math.abs(headingDeg) <= 360 && pitchDeg >= -90 && pitchDeg <= 0;
  return at && fits ? { at, rangeM, headingDeg, pitchDeg } : null;
}

function readSelection(text: string): Selection | null {
  const at = text.indexOf('/');
  const [layer, key] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  return catalog.has(layer) && key !== '' ? { layer, key } : null;
}

function readMoment(text: string): number | null {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : at;
}

/** This page's view as it is now. */
export function currentShared(): SharedView {
  return {
    camera: mapPort.value?.camera() ?? null,
    flat: view.flat,
    layers: layersNow(),
    // What lives in this page only is nowhere else.
    selection: view.selection?.layer.startsWith(TEMPORARY) === false ? { ...view.selection } : null,
    asked: asked.value?.at ?? null,
    listed: view.listed,
    moment: askedMoment.value,
  };
}

/** Makes this page's view like `shared`. */
export function applyShared(shared: SharedView): void {
  setLayers(shared.layers);
  view.flat = shared.flat;
  view.listed = shared.listed;
  view.following = false;
  select(shared.selection);
  asked.value = shared.asked && { at: shared.asked, name: null };
  askedMoment.value = shared.moment;
  if (shared.camera) mapPort.value?.look(shared.camera);
}
