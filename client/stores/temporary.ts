// Temporary layers (临时图层): what people brought as files. They live in this page only: nothing of them reaches the server.
import { shallowReactive, shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';
import type { Tint } from '../looks/sign.ts';
import type { Bounds } from './city.ts';

export type PlainGeometry =
  | { readonly type: 'Point'; readonly coordinates: Degrees }
  | { readonly type: 'MultiPoint' | 'LineString'; readonly coordinates: readonly Degrees[] }
  | { readonly type: 'MultiLineString' | 'Polygon'; readonly coordinates: readonly (readonly Degrees[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Degrees[])[])[] };
/** WGS-84. */
export type Degrees = readonly [lon: number, lat: number];

export interface TemporaryFeature {
  readonly name: string;
  readonly geometry: PlainGeometry;
  readonly properties: Readonly<Record<string, string>>;
}

/** What a file became. */
export interface ReadLayer {
  /** Of the file. */
  readonly name: string;
  /** 'GeoJSON', 'Shapefile' … */
  readonly format: string;
  readonly features: readonly TemporaryFeature[];
  /** Degrees; null without features. */
  readonly bounds: Bounds | null;
  /** What was done to it, or ought to be known of it. */
  readonly notes: readonly Title[];
  /** A glTF model to be put in the middle of the map: address of its bytes in this page; null: none. */
  readonly modelUrl: string | null;
  /** Where its positions were taken from GCJ-02. */
  readonly isShifted: boolean;
}

export interface TemporaryLayer extends ReadLayer {
  readonly id: string;
  readonly tint: Tint;
  readonly opacity: number;
  readonly isShown: boolean;
  /** Where a model stands; chosen by the map when it is first drawn. */
  readonly stands: Degrees | null;
  /** Why it could not be drawn; '' where it was. */
  readonly fault: string;
}

/** Why a file became no layer. */
export interface RefusedLayer {
  readonly name: string;
  readonly reason: Title;
}

/** Selections of temporary layers carry this before their id, which no slug does. */
export const TEMPORARY = 'temporary:';
export const temporaryTints: readonly Tint[] = ['cat5', 'cat2', 'cat6', 'cat3', 'cat4', 'cat1', 'white'];

const layers = shallowReactive(new Map<string, TemporaryLayer>());
let made = 0;

/** In the order they came. */
export const temporaryLayers = (): readonly TemporaryLayer[] => [...layers.values()];
export const temporaryLayer = (id: string): TemporaryLayer | null => layers.get(id) ?? null;

export const refusedLayers = shallowRef<readonly RefusedLayer[]>([]);
/** Names of files that are being read. */
export const readingLayers = shallowRef<readonly string[]>([]);
/** A box the map is to show; each is a new one. */
export const wantedBox = shallowRef<Bounds | null>(null);

/** Positions of this layer are to be taken as GCJ-02, or no more; each is a new wish. */
export const shiftWish = shallowRef<{ readonly id: string } | null>(null);

export function addTemporary(read: ReadLayer): TemporaryLayer {
  const tint = temporaryTints[made % temporaryTints.length] ?? 'white';
  made += 1;
  const layer = {
    ...read,
    id: `${TEMPORARY}${made}`,
    tint,
    opacity: 1,
    isShown: true,
    stands: null,
    fault: '',
  };
  layers.set(layer.id, layer);
  return layer;
}

export function changeTemporary(id: string, change: Partial<TemporaryLayer>): void {
  const before = layers.get(id);
  if (before) layers.set(id, { ...before, ...change });
}

export function removeTemporary(id: string): void {
  const url = layers.get(id)?.modelUrl;
  if (url) URL.revokeObjectURL(url);
  layers.delete(id);
}

/** The feature of a key, as the map picks it. */
export function temporaryFeature(id: string, key: string): TemporaryFeature | null {
  return layers.get(id)?.features[Number(key)] ?? null;
}

/** A position of it; null where there is no such feature. */
export function placeOfFeature(feature: TemporaryFeature | null): Degrees | null {
  let at: unknown = feature?.geometry.coordinates;
  while (Array.isArray(at) && Array.isArray(at[0])) at = at[Math.floor(at.length / 2)];
  return Array.isArray(at) ? (at as unknown as Degrees) : null;
}

export function fitTemporary(id: string): void {
  const { bounds, stands } = layers.get(id) ?? {};
  const beside = 0.003;
  if (bounds) wantedBox.value = [...bounds];
  else if (stands) {
    const [lon, lat] = stands;
    wantedBox.value = [lon - beside, lat - beside, lon + beside, lat + beside];
  }
}
