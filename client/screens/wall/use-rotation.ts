// Turns the scenes of an unattended wall. A red warning stops it for a while and takes it there; 战时 ends it; hands on the
// wall pause it.
import { computed, onMounted, onUnmounted, ref, shallowRef, watch, type ComputedRef } from 'vue';
import type { Title } from '../../../contracts/column.ts';
import { warning } from '../../../contracts/layers/warning.ts';
import { every } from '../../clock.ts';
import { crisis } from '../../stores/mode.ts';
import { city } from '../../stores/ground.ts';
import { tableOf } from '../../stores/layers.ts';
import { scene, sceneList } from '../../stores/scene.ts';
import { screenSettings } from '../../stores/screen-settings.ts';
import { session } from '../../stores/session.ts';
import { cityNow } from '../../stores/time.ts';
import { flyToGoal, select } from '../../stores/view.ts';
import { openWarnings, type OpenWarning } from '../../stores/warnings.ts';
import { Interruption } from './interruption.ts';
import { nextOf, Rotation } from './rotation.ts';
import { boundsOf } from './scene-goal.ts';
import type { WallLayout } from './wall-layout.ts';

const STEP_MS = 250;
const STEEP_DEG = -52;

/** Why the wall stands, for how long, and what comes then. */
export interface Held {
  readonly warning: OpenWarning;
  readonly leftS: number;
  /** Red warnings that come after this one. */
  readonly waiting: number;
  /** The scene it goes back to. */
  readonly backTo: Title | null;
}

export interface Turning {
  /** null: scenes do not take turns. */
  readonly progress: ComputedRef<number | null>;
  readonly paused: ComputedRef<boolean>;
  /** The red warning the wall stopped at. */
  readonly held: ComputedRef<Held | null>;
  resume(): void;
}

interface Wall {
  readonly layout: ComputedRef<WallLayout>;
  go(slug: string): void;
  lookThere(): void;
}

/** Red ones in force, the oldest first. */
const reds = (): OpenWarning[] =>
  openWarnings(tableOf(warning), cityNow.value)
    .filter(({ level }) => level === 'red')
    .sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0) || (a.bulletin < b.bulletin ? -1 : 1));

export function useRotation(wall: Wall): Turning {
  const rotation = new Rotation();
  const share = ref(0);
  const phase = ref(rotation.phase);
  const stop = useInterruption(wall, rotation);
  const isOn = computed(() => screenSettings.rotates && crisis.value === null);

  const note = (): void => {
    share.value = rotation.share(screenSettings.standS * 1000);
    phase.value = rotation.phase;
  };
  const resume = (): void => {
    stop.acknowledge();
    note();
  };
  function step(): void {
    if (!isOn.value) return;
    stop.step();
    if (rotation.pass(STEP_MS, screenSettings.standS * 1000)) {
      const slugs = sceneList.value.scenes.map(({ slug }) => slug);
      const next = nextOf(slugs, scene.value?.slug ?? null);
      if (next !== null) wall.go(next);
    }
    note();
  }
  const touched = (): void => {
    rotation.touch();
    note();
  };

  watch(isOn, () => {
    stop.forget();
    rotation.resume();
    note();
  });
  useHands({ step, touched, isHeld: () => stop.held.value !== null, resume });
  return {
    progress: computed(() => (isOn.value ? share.value : null)),
    paused: computed(() => phase.value !== 'turning'),
    held: computed(() => (isOn.value ? stop.held.value : null)),
    resume,
  };
}

interface Stop {
  readonly held: Readonly<{ value: Held | null }>;
  step(): void;
  /** Seen: on to the next one, or back to where the wall was. */
  acknowledge(): void;
  /** Ends without going back: the wall is somebody's, or in 战时. */
  forget(): void;
}

function useInterruption(wall: Wall, rotation: Rotation): Stop {
  const interruption = new Interruption();
  const held = shallowRef<Held | null>(null);
  let cameFrom: string | null = null;
  let ledTo: string | null = null;
  let flight = 0;

  const forget = (): void => {
    // Whoever is quick says "seen" before the flight there has begun.
    cancelAnimationFrame(flight);
    interruption.dismiss();
    held.value = null;
    cameFrom = null;
    ledTo = null;
  };
  const end = (): void => {
    const back = cameFrom;
    if (held.value === null) return;
    forget();
    select(null);
    rotation.resume();
    if (back !== null) wall.go(back);
    wall.lookThere();
  };
  const begin = (red: OpenWarning): void => {
    rotation.hold();
    cameFrom ??= scene.value?.slug ?? null;
    ledTo = showEmergency(red, wall);
    cancelAnimationFrame(flight);
    // After the flight of the scene has been asked for.
    flight = requestAnimationFrame(() => flyOver(red, wall));
  };
  const step = (): void => {
    // Without the server nobody knows what is in force: the wall stays where it is.
    if (session.link !== 'live') return;
    const list = reds();
    const before = interruption.current;
    interruption.pass(
      STEP_MS,
      list.map(({ bulletin }) => bulletin),
    );
    const red = list.find(({ bulletin }) => bulletin === interruption.current);
    if (!red) return end();
    if (red.bulletin !== before) begin(red);
    const backTo = sceneList.value.scenes.find(({ slug }) => slug === cameFrom)?.title ?? null;
    const leftS = Math.ceil(interruption.leftMs / 1000);
    held.value = { warning: red, leftS, waiting: interruption.waiting, backTo };
  };
  const acknowledge = (): void => {
    interruption.dismiss();
    if (interruption.waiting > 0) step();
    else end();
  };
  watch(
    () => scene.value?.slug,
    (slug) => {
      if (held.value === null || slug === ledTo) return;
      // Somebody chose another scene meanwhile.
      forget();
      rotation.resume();
      rotation.touch();
    },
  );
  return { held, step, acknowledge, forget };
}

/** To the scene of emergencies, with the warning chosen. → the scene that is shown then */
function showEmergency(red: OpenWarning, wall: Wall): string | null {
  const emergency = sceneList.value.scenes.find(({ menu }) => menu === 'emergency');
  if (emergency) wall.go(emergency.slug);
  select({ layer: warning.slug, key: red.key });
  return emergency?.slug ?? scene.value?.slug ?? null;
}

function flyOver(red: OpenWarning, wall: Wall): void {
  const bounds = city.value && boundsOf(city.value, red.regions);
  if (bounds) flyToGoal({ target: { bounds }, pitchDeg: STEEP_DEG, aim: wall.layout.value.aim });
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
