// window.cockpit under ?e2e: what browser tests may ask. Nothing of the product reads it.
import { PrimitiveCollection } from 'cesium';
import { mirrors, traffic } from '../../stores/layers.ts';
import { session } from '../../stores/session.ts';
import type { Cursor } from '../../stores/cursor.ts';
import { wishesMade } from '../../stores/replay.ts';
import { cursor, readCityNow } from '../../stores/time.ts';
import { view } from '../../stores/view.ts';
import type { Buildings } from '../buildings/buildings.ts';
import { frameStats } from './frame-stats.ts';
import type { Look } from './camera.ts';
import { lonLatOf } from './follow.ts';
import type { Stage } from './stage.ts';
import type { Written } from './writing.ts';

interface Work {
  readonly rows: number;
  /** Those inside collections included. */
  readonly primitives: number;
  readonly flying: boolean;
}

export interface Cockpit {
  readonly globeReady: boolean;
  /** What the picture of the map still waits for. */
  readonly waitsFor: readonly string[];
  readonly heightM: number;
  readonly rebuilt: number;
  /** Why the map could not be drawn; null while it is. */
  readonly failure: string | null;
  readonly link: string;
  readonly selection: { layer: string; key: string } | null;
  readonly following: boolean;
  /** The time cursor: city clock, epoch ms. It waits as long as a wish is under way to it, too. */
  readonly cursor: Pick<Cursor, 'state' | 'at' | 'isWaiting'>;
  /** CSS pixels of a place, or null where it is not in view. */
  project(lon: number, lat: number): { x: number; y: number } | null;
  /** CSS pixels where a row is displayed now. */
  placeOf(layer: string, key: string): { x: number; y: number } | null;
  /** Degrees of a row. */
  lonLatOf(layer: string, key: string): readonly [number, number] | null;
  rows(layer: string): number;
  /** What there is to do now: rows of all layers, primitives of the scene, whether the camera is on its way. */
  work(): Work;
  keys(layer: string): string[];
  labels(): string[];
  /** All that carries a text or a number, and the instruments over the map, as boxes in canvas pixels. */
  written(): Written[];
  /** Puts the camera on a place at once. */
  look(to: Look): void;
  /** The buildings, for tests of colour, filter and pick. */
  readonly buildings: Buildings | null;
  loseContext(): void;
  /** Draws at a part of the resolution, with the same relief: what software draws slowly comes to rest sooner. */
  drawAt(resolutionScale: number): void;
  render(): void;
  /** Draws a frame in this task: the canvas can be read until its end. */
  renderNow(): void;
  stats(): { frames: number; wireBytes: number; lastTick: number; skipped: number };
}

declare global {
  interface Window {
    cockpit?: Cockpit;
  }
}

/** Exposes the stage of the moment; `stage` answers null while the map is rebuilt. */
export function exposeCockpit(
  stage: () => Stage | null,
  told: () => { rebuilt: number; failure: string | null },
): void {
  const project = (lon: number, lat: number): { x: number; y: number } | null =>
    projected(stage(), [lon, lat]);
  window.cockpit = {
    get globeReady() {
      return stage()?.waitsFor.length === 0;
    },
    get waitsFor() {
      return stage()?.waitsFor ?? [];
    },
    get heightM() {
      return stage()?.state.heightM ?? 0;
    },
    get rebuilt() {
      return told().rebuilt;
    },
    get failure() {
      return told().failure;
    },
    get link() {
      return session.link;
    },
    get selection() {
      return view.selection ? { ...view.selection } : null;
    },
    get following() {
      return view.following;
    },
    get cursor() {
      const { wishes, isWaiting } = cursor.value;
      return { ...cursor.value, at: readCityNow(), isWaiting: isWaiting || wishes < wishesMade() };
    },
    project,
    placeOf(layer, key) {
      const lonLat = this.lonLatOf(layer, key);
      return lonLat && project(...lonLat);
    },
    lonLatOf: (layer, key) => {
      const at = stage();
      return at && lonLatOf(at, layer, key);
    },
    rows: (layer) => mirrors.get(layer)?.rows ?? 0,
    work: () => workOf(stage()),
    keys: keysOf,
    labels: () => stage()?.labels.shown ?? [],
    written: () => stage()?.written ?? [],
    look: (to) => lookAt(stage(), to),
    get buildings() {
      return stage()?.buildings ?? null;
    },
    loseContext: () => loseContext(stage()?.widget.canvas),
    drawAt: (scale) => drawAt(stage()?.widget, scale),
    render: () => stage()?.widget.scene.requestRender(),
    renderNow: () => renderNow(stage()),
    stats,
  };
}

function projected(at: Stage | null, [lon, lat]: readonly [number, number]): { x: number; y: number } | null {
  if (!at) return null;
  const [east, north] = at.state.frame.toEnu(lon, lat);
  const out = { x: 0, y: 0 };
  const scale = at.widget.canvas.clientWidth / at.state.viewport.width;
  if (!at.projector.project([east, north, at.state.heights.at(lon, lat)], out)) return null;
  return { x: out.x * scale, y: out.y * scale };
}

function renderNow(stage: Stage | null): void {
  stage?.widget.scene.requestRender();
  stage?.widget.render();
}

function drawAt(widget: Stage['widget'] | undefined, scale: number): void {
  if (!widget) return;
  widget.resolutionScale = scale;
  widget.scene.requestRender();
}

function workOf(stage: Stage | null): Work {
  const scene = stage?.widget.scene;
  // Not in the typings; defined from take-off to landing.
  const camera = stage?.widget.camera as { _currentFlight?: unknown } | undefined;
  return {
    rows: [...mirrors.values()].reduce((sum, { rows }) => sum + rows, 0),
    primitives: scene ? countOf(scene.primitives) + countOf(scene.groundPrimitives) : 0,
    flying: camera?._currentFlight !== undefined,
  };
}

/** Collections may hold collections. */
function countOf(collection: PrimitiveCollection): number {
  let count = 0;
  for (let i = 0; i < collection.length; i++) {
    const one: unknown = collection.get(i);
    count += one instanceof PrimitiveCollection ? countOf(one) : 1;
  }
  return count;
}

const stats = (): ReturnType<Cockpit['stats']> => ({
  frames: frameStats.frames,
  wireBytes: traffic.wireBytes,
  lastTick: traffic.lastTick,
  skipped: traffic.skipped,
});

function lookAt(stage: Stage | null, to: Look): void {
  view.following = false;
  stage?.jump(to);
}

function keysOf(layer: string): string[] {
  const table = mirrors.get(layer)?.table;
  const keys: string[] = [];
  for (let slot = 0; table && slot < table.highWater; slot++)
    if (table.alive[slot] === 1) keys.push(table.keyAt(slot));
  return keys;
}

function loseContext(canvas: HTMLCanvasElement | undefined): void {
  const context = canvas?.getContext('webgl2') ?? canvas?.getContext('webgl');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
}
