// Turns the scenes of an unattended wall; a red warning or 战时 stops it, and people let it go on.
import { computed, onMounted, onUnmounted, ref, shallowRef, watch, type ComputedRef } from 'vue';
import { warning } from '../../../contracts/layers/warning.ts';
import { every } from '../../clock.ts';
import { crisis } from '../../stores/mode.ts';
import { city } from '../../stores/ground.ts';
import { tableOf } from '../../stores/layers.ts';
import { scene, sceneList } from '../../stores/scene.ts';
import { screenSettings } from '../../stores/screen-settings.ts';
import { cityNow } from '../../stores/time.ts';
import { flyToGoal, select } from '../../stores/view.ts';
import { openWarnings, type OpenWarning } from '../../stores/warnings.ts';
import { nextOf, Rotation } from './rotation.ts';
import { boundsOf } from './scene-goal.ts';
import type { WallLayout } from './wall-layout.ts';

const STEP_MS = 250;
const STEEP_DEG = -52;

export interface Turning {
  /** null: scenes do not take turns. */
  readonly progress: ComputedRef<number | null>;
  readonly paused: ComputedRef<boolean>;
  /** The red warning the wall stopped at. */
  readonly heldBy: ComputedRef<OpenWarning | null>;
  resume(): void;
}

interface Wall {
  readonly layout: ComputedRef<WallLayout>;
  go(slug: string): void;
  lookThere(): void;
}

export function useRotation(wall: Wall): Turning {
  const rotation = new Rotation();
  const share = ref(0);
  const phase = ref(rotation.phase);
  const held = shallowRef<OpenWarning | null>(null);
  /** Warnings people have let the wall go on from. */
  const passed = new Set<string>();
  const isOn = computed(() => screenSettings.rotates && crisis.value === null);

  const note = (): void => {
    share.value = rotation.share(screenSettings.standS * 1000);
    phase.value = rotation.phase;
  };

  const stopAt = (red: OpenWarning): void => {
    rotation.hold();
    held.value = red;
    lead(red, wall);
  };

  const resume = (): void => {
    if (held.value) passed.add(held.value.key);
    held.value = null;
    select(null);
    rotation.resume();
    wall.lookThere();
    note();
  };

  function step(): void {
    if (!isOn.value) return;
    const red = openWarnings(tableOf(warning), cityNow.value).find(
      ({ key, level }) => level === 'red' && !passed.has(key),
    );
    if (red && !held.value) stopAt(red);
    if (rotation.pass(STEP_MS, screenSettings.standS * 1000)) {
      const next = nextOf(
        sceneList.value.scenes.map(({ slug }) => slug),
        scene.value?.slug ?? null,
      );
      if (next !== null) wall.go(next);
    }
    note();
  }

  const touched = (): void => {
    rotation.touch();
    note();
  };
  watch(isOn, (on) => {
    rotation.resume();
    if (!on) held.value = null;
    note();
  });
  useHands({ step, touched, isHeld: () => held.value !== null, resume });
  return {
    progress: computed(() => (isOn.value ? share.value : null)),
    paused: computed(() => phase.value !== 'turning'),
    heldBy: computed(() => (isOn.value ? held.value : null)),
    resume,
  };
}

/** To the scene of emergencies, and over the area of the warning. */
function lead(red: OpenWarning, wall: Wall): void {
  const emergency = sceneList.value.scenes.find(({ menu }) => menu === 'emergency');
  if (emergency) wall.go(emergency.slug);
  select({ layer: warning.slug, key: red.key });
  const bounds = city.value && boundsOf(city.value, red.regions);
  if (!bounds) return;
  // After the flight of the scene has been asked for.
  requestAnimationFrame(() =>
    flyToGoal({ target: { bounds }, pitchDeg: STEEP_DEG, aim: wall.layout.value.aim }),
  );
}

/** Time passes; hands on the wall pause it, and Escape lets a held wall go on. */
function useHands(on: { step(): void; touched(): void; isHeld(): boolean; resume(): void }): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !on.isHeld()) return on.touched();
    event.stopImmediatePropagation();
    on.resume();
  };
  let stop: (() => void) | null = null;
  onMounted(() => {
    stop = every(STEP_MS, () => on.step());
    addEventListener('pointerdown', on.touched, true);
    addEventListener('wheel', on.touched, { capture: true, passive: true });
    addEventListener('keydown', onKey, true);
  });
  onUnmounted(() => {
    stop?.();
    removeEventListener('pointerdown', on.touched, true);
    removeEventListener('wheel', on.touched, true);
    removeEventListener('keydown', onKey, true);
  });
}
