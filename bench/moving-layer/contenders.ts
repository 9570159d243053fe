// Page side: the ways to draw moving objects. Each is given the same tracks and draws them at every frame.
import { Deck, MapView } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { Cartesian3, Color, PointPrimitiveCollection, Texture, type CesiumWidget, type Scene } from 'cesium';
import { localMs } from '../../client/clock.ts';
import type { StageState } from '../../client/map/engine/stage-state.ts';
import { GlyphPrimitive } from '../../client/map/glyphs/glyph-primitive.ts';
import { GlyphMirror } from '../../client/stores/glyphs.ts';
import { RECORD_BYTES, RECORD_FLOATS, writeStyle } from '../../client/map/glyphs/record.ts';

/** Where n objects start and how fast they go, metres and metres a second in the plane of the city. */
export interface Tracks {
  readonly count: number;
  readonly places: Float32Array;
  readonly speeds: Float32Array;
}

export interface Contender {
  /** Brings every object to its place at `seconds`: all script a frame costs beside the engine's own. */
  move(seconds: number): void;
  /** One 1 Hz update of every object: only what the page itself does. */
  report(): void;
  show(visible: boolean): void;
  destroy(): void;
}

export function makeTracks(count: number): Tracks {
  const places = new Float32Array(count * 2);
  const speeds = new Float32Array(count * 2);
  for (let i = 0; i < count * 2; i++) {
    places[i] = (Math.random() - 0.5) * 120_000;
    speeds[i] = (Math.random() - 0.5) * 30;
  }
  return { count, places, speeds };
}

/** Ours: the records come from the worker; the page copies and uploads them. */
export function ownPrimitive(scene: Scene, state: StageState, tracks: Tracks): Contender {
  const bytes = new Uint8Array(tracks.count * RECORD_BYTES);
  const floats = new Float32Array(bytes.buffer);
  for (let i = 0; i < tracks.count; i++) {
    const [x = 0, y = 0] = tracks.places.subarray(i * 2, i * 2 + 2);
    const [vx = 0, vy = 0] = tracks.speeds.subarray(i * 2, i * 2 + 2);
    floats.set([x, y, x + vx * 30, y + vy * 30, 0, 30, 500, 0], i * RECORD_FLOATS);
    writeStyle(bytes, i * RECORD_BYTES + 32, {
      form: 'dot',
      tint: 'white',
      heading: null,
      scale: 1,
      ringed: false,
      hidden: false,
    });
  }
  const mirror = new GlyphMirror();
  const report = (): void =>
    mirror.apply({ slug: 'bench', slots: null, records: bytes.buffer, highWater: tracks.count });
  report();
  let atlas: Texture | null = null;
  const primitive = new GlyphPrimitive(state, {
    source: mirror,
    look: {
      staleS: Infinity,
      fadeS: Infinity,
      sizePx: () => 3,
      plain: () => false,
      hidden: () => 'none',
    },
    atlas: () => (atlas ??= new Texture({ context: scene.context, width: 1, height: 1 })),
    dim: () => 0,
  });
  scene.primitives.add(primitive);
  return {
    move: (seconds) => {
      state.nowS = seconds;
    },
    report,
    show: (visible) => {
      primitive.show = visible;
    },
    destroy: () => void scene.primitives.remove(primitive),
  };
}

/** Globe positions of all tracks at a moment, written into `out` as x, y, z. */
function globePlaces(state: StageState, tracks: Tracks, seconds: number, out: Float64Array): void {
  const m = state.frameMatrix as unknown as Readonly<Record<number, number>>;
  const at = (index: number): number => m[index] as number;
  for (let i = 0; i < tracks.count; i++) {
    const x = (tracks.places[i * 2] as number) + (tracks.speeds[i * 2] as number) * seconds;
    const y = (tracks.places[i * 2 + 1] as number) + (tracks.speeds[i * 2 + 1] as number) * seconds;
    for (let k = 0; k < 3; k++) out[i * 3 + k] = at(k) * x + at(4 + k) * y + at(8 + k) * 500 + at(12 + k);
  }
}

/** Cesium's PointPrimitiveCollection, every point set at every frame. */
export function pointCollection(scene: Scene, state: StageState, tracks: Tracks): Contender {
  const collection = scene.primitives.add(new PointPrimitiveCollection()) as PointPrimitiveCollection;
  const places = new Float64Array(tracks.count * 3);
  const place = new Cartesian3();
  globePlaces(state, tracks, 0, places);
  for (let i = 0; i < tracks.count; i++) {
    collection.add({
      position: Cartesian3.unpack(places as unknown as number[], i * 3),
      pixelSize: 3,
      color: Color.WHITE,
    });
  }
  const move = (seconds: number): void => {
    globePlaces(state, tracks, seconds, places);
    for (let i = 0; i < tracks.count; i++) {
      collection.get(i).position = Cartesian3.unpack(places as unknown as number[], i * 3, place);
    }
  };
  return {
    move,
    report: () => move(1),
    show: (visible) => {
      collection.show = visible;
    },
    destroy: () => void scene.primitives.remove(collection),
  };
}

/** Entities of Cesium, their position set at every frame. */
export function entities(widget: CesiumWidget, state: StageState, tracks: Tracks): Contender {
  const places = new Float64Array(tracks.count * 3);
  globePlaces(state, tracks, 0, places);
  const collection = widget.entities;
  collection.suspendEvents();
  const all = Array.from({ length: tracks.count }, (_, i) =>
    collection.add({
      position: Cartesian3.unpack(places as unknown as number[], i * 3),
      point: { pixelSize: 3, color: Color.WHITE },
    }),
  );
  collection.resumeEvents();
  const move = (seconds: number): void => {
    globePlaces(state, tracks, seconds, places);
    all.forEach((entity, i) => {
      entity.position = Cartesian3.unpack(
        places as unknown as number[],
        i * 3,
      ) as unknown as typeof entity.position;
    });
  };
  return {
    move,
    report: () => move(1),
    show: (visible) => {
      collection.show = visible;
    },
    destroy: () => collection.removeAll(),
  };
}

/** deck.gl Scatterplot with binary attributes, positions handed over at 1 Hz and moved by its own transition. */
export function deckScatterplot(canvas: HTMLCanvasElement, tracks: Tracks): Contender & { draw(): void } {
  const positions = new Float32Array(tracks.count * 3);
  const fill = (seconds: number): void => {
    for (let i = 0; i < tracks.count; i++) {
      positions[i * 3] =
        105.7 + ((tracks.places[i * 2] as number) + (tracks.speeds[i * 2] as number) * seconds) / 94_000;
      positions[i * 3 + 1] =
        32.2 +
        ((tracks.places[i * 2 + 1] as number) + (tracks.speeds[i * 2 + 1] as number) * seconds) / 111_000;
    }
  };
  let visible = true;
  const layerOf = (): ScatterplotLayer =>
    new ScatterplotLayer({
      id: 'objects',
      visible,
      data: { length: tracks.count, attributes: { getPosition: { value: positions.slice(), size: 3 } } },
      getRadius: 200,
      transitions: { getPosition: 1000 },
    });
  fill(0);
  const deck = new Deck({
    canvas,
    width: 64,
    height: 64,
    useDevicePixels: false,
    views: new MapView({ controller: false }),
    initialViewState: { longitude: 105.7, latitude: 32.2, zoom: 7, pitch: 40 },
    layers: [layerOf()],
  });
  return {
    move: () => undefined,
    report: () => {
      fill(1);
      deck.setProps({ layers: [layerOf()] });
    },
    draw: () => deck.redraw('bench'),
    show: (next) => {
      visible = next;
      deck.setProps({ layers: [layerOf()] });
    },
    destroy: () => deck.finalize(),
  };
}

export const nowMs = localMs;
