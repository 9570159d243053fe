// Page side: names over a moving map, ours decluttered, Cesium's LabelCollection as it comes.
import { Cartesian3, LabelCollection } from 'cesium';
import { localMs } from '../../client/clock.ts';
import type { Label } from '../../client/map/labels/label.ts';
import { LabelPrimitive } from '../../client/map/labels/label-primitive.ts';
import { Projector } from '../../client/map/stage/camera.ts';
import { LabelView } from '../../client/map/stage/label-view.ts';
import { Placing } from '../../client/map/stage/placing.ts';
import { bareMap, drain, median, ORIGIN, type BareMap } from '../page/bare-map.ts';
import { expose } from '../page/expose.ts';

export type Kind = 'own' | 'collection';

export interface Measured {
  /**
   * Script ms of a frame in which the camera moved, because of the names: the mean of placing them, which is not the same
   * work in every frame, and the median of drawing with them minus drawing without them.
   */
  readonly marginalMs: number;
  /** Script ms until all texts are there: made, and drawn for the first time. */
  readonly readyMs: number;
  /** Names shown, and pairs of them that overlap, over all frames. */
  readonly shown: number;
  readonly overlaps: number;
}

/** A wall of 1920 × 1080 as the names see it; the canvas itself is small, so that drawing costs nothing. */
const VIEWPORT = { width: 1920, height: 1080 };
const SPREAD_DEG = 0.7;
const WORDS = '上下西东南北河山坪坝沟镇乡村关岭江湖溪林石龙白青清朝昭元旺苍剑阁利州';

interface Names {
  /** Script ms its making took. */
  readonly spentMs: number;
  /** The camera has moved: all script a frame costs beside the engine's own. */
  settle(): void;
  show(visible: boolean): void;
  check(): { shown: number; overlaps: number };
}

const wordAt = (i: number): string =>
  [1, 7, 13].map((step) => WORDS[(i * step + (i >> 3)) % WORDS.length]).join('');

function placeAt(i: number): [lon: number, lat: number] {
  // Additive recurrence of Roberts 2018: even without a pattern, and the same in every run.
  const x = (i * 0.7548776662466927) % 1;
  const y = (i * 0.5698402909980532) % 1;
  return [ORIGIN[0] + (x - 0.5) * 2 * SPREAD_DEG, ORIGIN[1] + (y - 0.5) * 2 * SPREAD_DEG];
}

async function ownNames({ widget, state }: BareMap, count: number): Promise<Names> {
  const from = localMs();
  Object.assign(state.viewport, VIEWPORT);
  const projector = new Projector(state);
  let renew = (): void => undefined;
  const labels = new LabelPrimitive(state, () => renew());
  widget.scene.primitives.add(labels);
  const view = new LabelView({ widget, state, projector, labels, outline: [], signs: () => undefined });
  labels.board.view = view;
  const placing = new Placing({
    ...{ widget, state, view, parties: [labels.board] },
    prepare: () => undefined,
    lay: () => labels.lay(),
  });
  renew = () => placing.renew();
  const style = {
    font: 'text',
    sizeU: 1,
    weight: 420,
    colour: '#b3bfbe',
    spacingEm: 0,
    slanted: false,
    mark: 'dot',
    plate: false,
  } as const;
  labels.set(
    Array.from({ length: count }, (_, i): Label => {
      const [lon, lat] = placeAt(i);
      return {
        id: String(i),
        text: wordAt(i),
        lon,
        lat,
        style,
        rank: i,
        belowM: Infinity,
        aboveM: 0,
        anchor: 'beside',
      };
    }),
    19,
  );
  state.heightM = 100_000;
  const settle = (): void => {
    state.nowS = localMs() / 1000;
    projector.refresh(widget.scene);
    placing.frame();
  };
  let spent = localMs() - from;
  // Texts are measured batch by batch once their faces are there: waiting is no script.
  for (let batch = 0; batch < count / 50 && !(batch > 0 && labels.board.wanted.length === 0); batch++) {
    const start = localMs();
    placing.renew();
    settle();
    spent += localMs() - start;
    await new Promise((next) => setTimeout(next, 10));
  }
  return {
    spentMs: spent,
    settle,
    show: (visible) => (labels.show = visible),
    check: () => countOverlaps(labels),
  };
}

function countOverlaps(labels: LabelPrimitive): { shown: number; overlaps: number } {
  const boxes = labels.boxes().map(({ box }) => box);
  let overlaps = 0;
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1))
      if (a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]) overlaps++;
  });
  return { shown: boxes.length, overlaps };
}

function collectionNames({ widget }: BareMap, count: number): Names {
  const from = localMs();
  const collection = widget.scene.primitives.add(new LabelCollection()) as LabelCollection;
  for (let i = 0; i < count; i++) {
    collection.add({
      position: Cartesian3.fromDegrees(...placeAt(i), 500),
      text: wordAt(i),
      font: '19px "Noto Sans SC Variable", sans-serif',
    });
  }
  return {
    spentMs: localMs() - from,
    settle: () => undefined,
    show: (visible) => (collection.show = visible),
    check: () => ({ shown: count, overlaps: 0 }),
  };
}

async function measure(kind: Kind, count: number, pairs: number): Promise<Measured> {
  const map = bareMap();
  for (let i = 0; i < 10; i++) map.draw();
  drain(map.widget.canvas);
  const names = kind === 'own' ? await ownNames(map, count) : collectionNames(map, count);
  const from = localMs();
  map.draw();
  const readyMs = names.spentMs + localMs() - from;
  drain(map.widget.canvas);

  let step = 0;
  const found = { shown: 0, overlaps: 0 };
  const settled: number[] = [];
  const frame = (visible: boolean): number => {
    names.show(visible);
    map.look(0.002 * ++step, 160_000 - step * 100);
    const start = localMs();
    if (visible) names.settle();
    const between = localMs();
    map.draw();
    const spent = localMs() - between;
    drain(map.widget.canvas);
    if (visible) {
      settled.push(between - start);
      const { shown, overlaps } = names.check();
      found.shown = Math.max(found.shown, shown);
      found.overlaps += overlaps;
    }
    return spent;
  };
  for (let i = 0; i < 16; i++) frame(i % 2 === 0);
  settled.length = 0;
  const margins: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const first = pair % 2 === 0;
    const a = frame(first);
    const b = frame(!first);
    margins.push(first ? a - b : b - a);
    if (pair % 8 === 0) await new Promise((next) => setTimeout(next, 0));
  }
  const placingMs = settled.reduce((sum, ms) => sum + ms, 0) / settled.length;
  return { marginalMs: placingMs + Math.max(0, median(margins)), readyMs, ...found };
}

expose(measure);
