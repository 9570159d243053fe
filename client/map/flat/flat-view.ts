// What every drawing of the light map shares in one frame, and what it answers with.
import type { Layer, WebMercatorViewport } from '@deck.gl/core';
import type { LocalFrame } from '../geo/enu.ts';
import type { Theme } from '../engine/theme.ts';

export interface FlatView {
  readonly frame: LocalFrame;
  readonly theme: Theme;
  readonly viewport: WebMercatorViewport;
  /** Height of a camera that would see as much on the globe, metres: layers choose their form by it. */
  readonly heightM: number;
  readonly zoom: number;
  readonly bearing: number;
  /** Local clock in seconds, for legs; city clock in seconds, for ages. */
  readonly nowS: number;
  readonly citySeconds: number;
}

/** A part of the picture: its deck layers from the bottom up, made anew for every frame (deck compares them). */
export interface FlatPart {
  shown: boolean;
  /** Fainter as a whole, 0 to 1. */
  opacity: number;
  layers(view: FlatView): Layer[];
}

const FIELD_OF_VIEW_RAD = (25 * Math.PI) / 180;
const EQUATOR_M_PER_PX = 78_271.516_964;

/** Metres a CSS pixel covers at a zoom of 512 px tiles. */
export const metresPerPixel = (zoom: number, lat: number): number =>
  (EQUATOR_M_PER_PX * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom;

/** The globe's camera sees this height of ground with its lens from this height. */
export const heightOf = (zoom: number, lat: number, pixelsHigh: number): number =>
  (metresPerPixel(zoom, lat) * pixelsHigh) / (2 * Math.tan(FIELD_OF_VIEW_RAD / 2));

type Colour = readonly [red: number, green: number, blue: number];

/** 0–1 bands as deck wants them. */
export const toBytes = ([red, green, blue]: Colour, alpha = 1): [number, number, number, number] => [
  Math.round(red * 255),
  Math.round(green * 255),
  Math.round(blue * 255),
  Math.round(alpha * 255),
];

/** 0–1 bands as a pen wants them. */
export const cssOf = ([red, green, blue]: Colour, alpha = 1): string =>
  `rgb(${Math.round(red * 255)} ${Math.round(green * 255)} ${Math.round(blue * 255)} / ${alpha})`;

/** What is drawn with a pen is drawn for sharp screens, within reason. */
const MOST_DENSITY = 2;
export const densityNow = (): number => Math.min(devicePixelRatio, MOST_DENSITY);

/** deck takes a canvas as an atlas; its types know addresses and textures only. */
export const asAtlas = (canvas: HTMLCanvasElement): string => canvas as unknown as string;

/** Rings as deck wants them. */
export const asPolygon = (rings: readonly (readonly (readonly [number, number])[])[]): [number, number][][] =>
  rings as unknown as [number, number][][];
