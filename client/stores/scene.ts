// The scenes of the server and which one this screen shows. A list that does not fit is not taken over.
import { computed, reactive, shallowRef } from 'vue';
import type {
  Aspect,
  LayerChoice,
  PanelChoice,
  Scene,
  SceneCamera,
  SceneChange,
  SceneList,
  Slot,
} from '../../contracts/records/scene.ts';
import type { Stop } from '../clock.ts';
import { crisis } from './mode.ts';

const NONE: SceneList = { revision: 0, scenes: [], problems: [] };
export const sceneList = shallowRef<SceneList>(NONE);
/** Why there is no list; null while there is one or it is still asked for. */
export const sceneFailure = shallowRef<string | null>(null);

export const chosenScene = reactive<{ slug: string | null; aspect: Aspect }>({ slug: null, aspect: '16:9' });

/** What is on the wall: the scene with the changes for this shape of picture and for the mode. */
export interface Shown {
  readonly camera: SceneCamera;
  readonly layers: readonly LayerChoice[];
  readonly panels: Partial<Record<Slot, readonly PanelChoice[]>>;
}

/** Base, then the shape of the picture, then the mode, then the mode on that shape; a slot is replaced as a whole. */
export function shownOf(scene: Scene, aspect: Aspect, inCrisis: boolean): Shown {
  const { crisis: override } = scene.overrides;
  const changes: (SceneChange | undefined)[] = [scene.variants[aspect]];
  if (inCrisis) changes.push(override, override?.variants[aspect]);
  return changes.reduce<Shown>(
    (shown, change) => ({
      camera: change?.camera ?? shown.camera,
      layers: change?.layers ?? shown.layers,
      panels: { ...shown.panels, ...change?.panels },
    }),
    scene,
  );
}

/** The chosen scene; the first where none or an unknown one is chosen. */
export const scene = computed<Scene | null>(() => {
  const { scenes } = sceneList.value;
  return scenes.find(({ slug }) => slug === chosenScene.slug) ?? scenes[0] ?? null;
});

export const shown = computed<Shown | null>(() =>
  scene.value ? shownOf(scene.value, chosenScene.aspect, crisis.value !== null) : null,
);

export function chooseScene(slug: string): void {
  chosenScene.slug = slug;
}

const isList = (body: unknown): body is SceneList => {
  const list = body as Partial<SceneList> | null;
  return Array.isArray(list?.scenes) && Array.isArray(list.problems);
};

/** Follows the list of the server; the browser connects again by itself when the stream ends. */
export function followScenes(): Stop {
  const stream = new EventSource('/api/scenes/stream');
  stream.onmessage = ({ data }: MessageEvent<string>) => {
    const body: unknown = JSON.parse(data);
    if (!isList(body)) return;
    sceneList.value = body;
    sceneFailure.value = null;
  };
  stream.onerror = () => {
    if (sceneList.value === NONE) sceneFailure.value = '/api/scenes/stream';
  };
  return () => stream.close();
}
