// Page side: measures script a frame in a 64 × 64 canvas with the GPU drained outside the timed part.
import type { StageState } from '../../client/map/engine/stage-state.ts';
import { Projector } from '../../client/map/stage/camera.ts';
import { nearest } from '../../client/map/glyphs/nearest.ts';
import type { createWidget } from '../../client/map/stage/widget.ts';
import { bareMap, drain, median } from '../page/bare-map.ts';
import { expose } from '../page/expose.ts';
import {
  deckScatterplot,
  entities,
  makeTracks,
  nowMs,
  ownPrimitive,
  pointCollection,
  type Contender,
} from './contenders.ts';

export type Kind = 'own' | 'points' | 'entities' | 'deck';

export interface Measured {
  /** Median script ms of a frame with the layer minus the one without it, pairs in alternating order. */
  readonly marginalMs: number;
  /** Median script ms of one 1 Hz update and of the frame that follows it, above a frame without update. */
  readonly updateMs: number;
  readonly pickMs: number | null;
}

interface Rig {
  readonly contender: Contender;
  readonly canvas: HTMLCanvasElement;
  draw(): void;
}

async function framesOf(rig: Rig, pairs: number): Promise<Pick<Measured, 'marginalMs' | 'updateMs'>> {
  let seconds = 0;
  const frame = (visible: boolean, update: boolean): number => {
    rig.contender.show(visible);
    seconds += 1 / 60;
    const from = nowMs();
    if (update) rig.contender.report();
    if (visible) rig.contender.move(seconds);
    rig.draw();
    const spent = nowMs() - from;
    drain(rig.canvas);
    return spent;
  };
  for (let i = 0; i < 12; i++) frame(i % 2 === 0, i === 4);
  const margins: number[] = [];
  const updates: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const first = pair % 2 === 0;
    const a = frame(first, false);
    const b = frame(!first, false);
    margins.push(first ? a - b : b - a);
    if (pair % 3 === 0) {
      const plain = frame(true, false);
      updates.push(frame(true, true) - plain);
    }
    if (pair % 8 === 0) await new Promise((next) => setTimeout(next, 0));
  }
  return { marginalMs: median(margins), updateMs: median(updates) };
}

export async function measure(kind: Kind, count: number, pairs: number): Promise<Measured> {
  const tracks = makeTracks(count);
  if (kind === 'deck') {
    const canvas = document.createElement('canvas');
    document.body.append(canvas);
    const deck = deckScatterplot(canvas, tracks);
    await new Promise((next) => setTimeout(next, 1500));
    return { ...(await framesOf({ contender: deck, canvas, draw: () => deck.draw() }, pairs)), pickMs: null };
  }
  const { widget, state, draw } = bareMap();
  const make = {
    own: () => ownPrimitive(widget.scene, state, tracks),
    points: () => pointCollection(widget.scene, state, tracks),
    entities: () => entities(widget, state, tracks),
  }[kind];
  const contender = make();
  for (let i = 0; i < 20; i++) draw();
  const frames = await framesOf({ contender, canvas: widget.canvas, draw }, pairs);
  return { ...frames, pickMs: kind === 'own' ? pickCost(widget, state, count) : null };
}

function pickCost(widget: ReturnType<typeof createWidget>, state: StageState, count: number): number {
  const tracks = makeTracks(count);
  const bytes = new Uint8Array(count * 36);
  const floats = new Float32Array(bytes.buffer);
  for (let i = 0; i < count; i++) {
    const [x = 0, y = 0] = tracks.places.subarray(i * 2, i * 2 + 2);
    floats.set([x, y, x + 300, y, 0, 30, 500, 0], i * 9);
  }
  const projector = new Projector(state);
  projector.refresh(widget.scene);
  const { rows } = projector;
  const { viewport, exaggeration, nowS } = state;
  const spent: number[] = [];
  for (let i = 0; i < 25; i++) {
    const from = nowMs();
    nearest(
      { floats, bytes, highWater: count },
      { rows, viewport, exaggeration, nowS },
      { x: 32, y: 32, px: 10, calmHidden: false },
    );
    spent.push(nowMs() - from);
  }
  return median(spent);
}

expose(measure);
