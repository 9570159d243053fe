// The scene of the briefing: named in the address or chosen by touch, else none. Its layers are shown on the light map, its
// panels stand in the brief, without those that say what the page says elsewhere.
import { computed, onUnmounted, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { panels as known } from '../../panels/registry.ts';
import { opacityOf } from '../../stores/choices.ts';
import { chooseScene, scene, shown } from '../../stores/scene.ts';
import { visible } from '../../stores/view.ts';
import { fadeLayers } from '../wall/layer-fade.ts';

/** The bar says how many sources deliver, the tab 体征 has the signs; the axis of time is the wall's. */
const ELSEWHERE: ReadonlySet<string> = new Set(['data-line', 'time-axis', 'city-index', 'vital-signs']);

export function useTabletScene() {
  const route = useRoute();
  const router = useRouter();
  const slug = computed(() => {
    const asked = route.query['scene'];
    return typeof asked === 'string' ? asked : null;
  });
  /** Null while none is chosen, or the chosen one is not known. */
  const current = computed(() => (slug.value && scene.value?.slug === slug.value ? scene.value : null));
  const panels = computed(() => {
    const { left = [], right = [] } = (current.value && shown.value?.panels) ?? {};
    return [...left, ...right].filter(({ panel }) => known.has(panel) && !ELSEWHERE.has(panel));
  });
  const before = new Map(
    [...visible].flatMap(([layer, isShown]) => (isShown ? [[layer, opacityOf(layer)] as const] : [])),
  );

  watch(slug, (now) => now && chooseScene(now), { immediate: true });
  watch(
    () => (current.value ? shown.value?.layers : null),
    (layers, old) => {
      if (layers) fadeLayers(new Map(layers.map(({ layer, opacity }) => [layer, opacity])));
      else if (old) fadeLayers(before);
    },
    { immediate: true },
  );
  onUnmounted(() => {
    if (current.value) fadeLayers(before);
  });

  /** Chooses a scene; the one that is chosen is left again. */
  const choose = (wanted: string): void => {
    const { scene: was, ...query } = route.query;
    void router.replace({ query: was === wanted ? query : { ...query, scene: wanted } });
  };
  return { current, panels, choose };
}
