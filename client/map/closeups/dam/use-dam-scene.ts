// Ties the scene of a dam to the page: its canvas, its size, what the row says now, and where the labels go.
import { onMounted, onUnmounted, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { settings } from '../../../settings.ts';
import type { Dam } from '../../../stores/dams.ts';
import { light, night } from '../../engine/theme.ts';
import { DamScene } from './dam-scene.ts';
import { crestOf, spread, type Gate, type Mark } from './dam-state.ts';

/** A dam whose length nobody knows is drawn so many times as long as high (示意). */
const USUAL_LENGTH = 4;
/** Height of a label, px: they keep this apart. */
const LABEL_PX = 26;

export interface Placed {
  readonly left: number;
  readonly top: number;
  /** Where its mark really is, px from the label's top. */
  readonly lift: number;
}

export interface DamShown {
  readonly dam: Dam;
  readonly levelM: number | null;
  readonly gates: readonly Gate[];
  readonly marks: readonly Mark[];
}

export function useDamScene(canvas: Ref<HTMLCanvasElement | null>, shown: ComputedRef<DamShown>) {
  const failure = shallowRef<string | null>(null);
  const markPlaces = shallowRef<readonly Placed[]>([]);
  const gatePlaces = shallowRef<readonly Placed[]>([]);
  const levelPlace = shallowRef<Placed | null>(null);
  const scene = shallowRef<DamScene | null>(null);
  let watcher: ResizeObserver | null = null;

  /** Metres above the foundation. */
  const above = (levelM: number): number => {
    const { dam } = shown.value;
    return levelM - ((crestOf(dam) ?? 0) - dam.heightM);
  };

  function placeLabels(): void {
    const current = scene.value;
    if (!current) return;
    const { marks, gates, levelM } = shown.value;
    const ends = marks.map(({ levelM: mark }) => current.project(current.markEnd(above(mark))));
    const tops = spread(
      ends.map(({ top }) => top),
      LABEL_PX,
    );
    markPlaces.value = ends.map(({ left, top }, i) => ({
      left,
      top: tops[i] ?? top,
      lift: top - (tops[i] ?? top),
    }));
    gatePlaces.value = gates.map((_, i) => ({
      ...current.project(current.gateTop(i, gates.length)),
      lift: 0,
    }));
    levelPlace.value = levelM === null ? null : { ...current.project([0, above(levelM), -40]), lift: 0 };
  }

  function show(): void {
    const { levelM, gates } = shown.value;
    scene.value?.setLevel(levelM === null ? null : above(levelM));
    scene.value?.setGates(gates);
  }

  onMounted(() => {
    const element = canvas.value;
    if (!element) return;
    try {
      scene.value = sceneOf(element, shown.value.dam, placeLabels);
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
      return;
    }
    watcher = new ResizeObserver(() =>
      scene.value?.resize(element.clientWidth, element.clientHeight, Math.min(2, devicePixelRatio)),
    );
    watcher.observe(element);
    show();
  });
  watch(shown, show);
  onUnmounted(() => {
    watcher?.disconnect();
    scene.value?.destroy();
    scene.value = null;
  });
  return { scene, failure, markPlaces, gatePlaces, levelPlace };
}

function sceneOf(canvas: HTMLCanvasElement, dam: Dam, onDrawn: () => void): DamScene {
  const size = { heightM: dam.heightM, lengthM: dam.crestLengthM ?? dam.heightM * USUAL_LENGTH };
  return new DamScene({ canvas, size, theme: settings.theme === 'light' ? light : night, onDrawn });
}
