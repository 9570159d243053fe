// Moves of the script as flights of this screen. A hand on the map takes it from the script until the next chapter, or
// until it is given back.
import { nextTick, onMounted, onUnmounted, ref, watch, type ComputedRef, type Ref } from 'vue';
import { city } from '../../stores/ground.ts';
import { sceneList } from '../../stores/scene.ts';
import type { Standing } from '../../stores/script.ts';
import { flyToGoal, mapPort, select } from '../../stores/view.ts';
import type { WallLayout } from '../wall/wall-layout.ts';
import type { Script } from './use-script.ts';

/** As scenes look. */
const USUAL_PITCH_DEG = -52;
/** Keys by which a map that has the focus is moved. */
const MAP_KEYS = ['arrowup', 'arrowdown', 'arrowleft', 'arrowright', '=', '+', '-'];

export interface Moves {
  /** A hand has the map. */
  readonly isHeld: Ref<boolean>;
  follow(): void;
}

interface Wall {
  readonly layout: ComputedRef<WallLayout>;
  /** Changes whenever the scene flies somewhere by itself. */
  readonly outlook: ComputedRef<string>;
  readonly map: Readonly<Ref<HTMLElement | null>>;
  go(slug: string): void;
}

export function useMoves({ standing, chapter, isOn }: Script, wall: Wall): Moves {
  const isHeld = ref(false);
  let selected = false;

  const fly = (camera: NonNullable<Standing['camera']>): void => {
    const { centre, heightM, pitchDeg, headingDeg } = camera;
    flyToGoal({
      target: { at: centre, rangeM: heightM },
      pitchDeg: pitchDeg ?? USUAL_PITCH_DEG,
      ...(headingDeg === undefined ? {} : { headingDeg }),
      aim: wall.layout.value.aim,
    });
  };
  const apply = async ({ scene, camera, select: row }: Standing): Promise<void> => {
    if (isHeld.value || !isOn.value) return;
    if (scene !== null && sceneList.value.scenes.some(({ slug }) => slug === scene)) wall.go(scene);
    if (row) select(row);
    else if (selected) select(null);
    selected = row !== null;
    // After the flight of the scene itself has been asked for.
    await nextTick();
    if (camera) fly(camera);
  };

  const follow = (): void => {
    isHeld.value = false;
    void apply(standing.value);
  };
  watch(
    [
      () => JSON.stringify(standing.value),
      () => sceneList.value.revision > 0,
      isOn,
      () => mapPort.value !== null && city.value !== null,
      // A crisis moves what lies over the map, and the scene's own camera with it: the script has the last word.
      wall.outlook,
    ],
    () => void apply(standing.value),
    { immediate: true, flush: 'post' },
  );
  watch(chapter, () => {
    if (isHeld.value) follow();
  });
  useHand(wall.map, () => (isHeld.value = true));
  return { isHeld, follow };
}

function useHand(map: Wall['map'], taken: () => void): void {
  const onKey = (event: KeyboardEvent): void => {
    if (MAP_KEYS.includes(event.key.toLowerCase())) taken();
  };
  onMounted(() => {
    map.value?.addEventListener('pointerdown', taken, true);
    map.value?.addEventListener('wheel', taken, { capture: true, passive: true });
    map.value?.addEventListener('keydown', onKey, true);
  });
  onUnmounted(() => {
    map.value?.removeEventListener('pointerdown', taken, true);
    map.value?.removeEventListener('wheel', taken, true);
    map.value?.removeEventListener('keydown', onKey, true);
  });
}
