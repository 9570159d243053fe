// The scene of this wall: chosen by address, digit or menu; its layers shown, its camera flown to.
import { computed, onMounted, onUnmounted, watch } from 'vue';
import type { Scene } from '../../../contracts/records/scene.ts';
import { useRoute, useRouter } from 'vue-router';
import { opacityOf } from '../../stores/choices.ts';
import { city } from '../../stores/ground.ts';
import { crisis } from '../../stores/mode.ts';
import { chooseScene, chosenScene, scene, sceneList, shown } from '../../stores/scene.ts';
import { flyToGoal, view, visible } from '../../stores/view.ts';
import { useCommands } from '../use-commands.ts';
import { goalOf } from './scene-goal.ts';
import { fadeLayers } from './layer-fade.ts';
import { aspectOf, layoutOf, type WallLayout } from './wall-layout.ts';

function measure(): void {
  const unit = Number.parseFloat(getComputedStyle(document.body).fontSize) || 19;
  chosenScene.aspect = aspectOf(innerWidth / unit);
}

/** A crisis is led from a scene that knows what to show in one; with its end the wall is back where it was. */
function leadInCrisis(go: (slug: string) => void): void {
  let led: { readonly from: string; readonly to: string } | null = null;
  /** The scene that the switch names, else the first that knows what to show. */
  const leadTo = (from: Scene, named: string | null): void => {
    const { scenes } = sceneList.value;
    const leading =
      scenes.find(({ slug }) => slug === named) ?? scenes.find(({ overrides }) => overrides.crisis);
    if (!leading || leading.slug === from.slug) return;
    led = { from: led?.from ?? from.slug, to: leading.slug };
    go(leading.slug);
  };
  watch(crisis, (now, before) => {
    if (now && now.scene !== (before?.scene ?? null) && scene.value) leadTo(scene.value, now.scene);
    else if (now && !before && scene.value && !scene.value.overrides.crisis) leadTo(scene.value, null);
    if (now || !before || !led) return;
    if (scene.value?.slug === led.to) go(led.from);
    led = null;
  });
}

/** @param shape what else the screen needs room for */
export function useScene(shape: (layout: WallLayout) => WallLayout = (layout) => layout) {
  const route = useRoute();
  const router = useRouter();
  const layout = computed(() => shape(layoutOf(chosenScene.aspect, crisis.value !== null)));

  const go = (slug: string): void => {
    chooseScene(slug);
    void router.replace({ query: { ...route.query, scene: slug } });
  };

  const goal = computed(() => {
    if (!shown.value || !city.value) return null;
    const surroundings = { city: city.value, crisis: crisis.value, aim: layout.value.aim };
    return goalOf(shown.value.camera, surroundings);
  });
  /** Where this scene looks, as long as that is the same. */
  const outlook = computed(() => JSON.stringify([scene.value?.slug, goal.value]));
  const lookThere = (): void => {
    if (goal.value) flyToGoal(goal.value);
  };

  useCommands(() =>
    sceneList.value.scenes.map(({ slug, key, title }) => ({
      id: `scene-${slug}`,
      group: 'scenes',
      title,
      keys: [String(key)],
      run: () => go(slug),
    })),
  );

  watch(
    () => route.query['scene'],
    (slug) => {
      if (typeof slug === 'string') chooseScene(slug);
    },
    { immediate: true },
  );
  watch(
    () => shown.value?.layers,
    (layers) => {
      if (layers) fadeLayers(new Map(layers.map(({ layer, opacity }) => [layer, opacity])));
    },
    { immediate: true },
  );
  // An edit of a scene that leaves its camera alone, or news of a crisis where it was before, must not move the map.
  watch(outlook, lookThere, { immediate: true });
  leadInCrisis(go);

  // Other screens get the layers back as they were.
  const before = new Map(
    [...visible].flatMap(([slug, isShown]) => (isShown ? [[slug, opacityOf(slug)] as const] : [])),
  );
  onMounted(() => {
    measure();
    addEventListener('resize', measure);
  });
  onUnmounted(() => {
    view.goal = null;
    fadeLayers(before);
    removeEventListener('resize', measure);
  });
  return { layout, outlook, go, lookThere };
}
