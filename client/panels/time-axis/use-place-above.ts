// Where to stand to be right above an element, over whatever would cut it off; followed while it is wanted.
import { onUnmounted, ref, watch, type Ref } from 'vue';
import { every } from '../../clock.ts';

/** Slots of the wall move when the mode changes: looked at this often, milliseconds. */
const LOOK_MS = 500;
const GAP_PX = 4;

export function usePlaceAbove(
  element: Readonly<Ref<HTMLElement | null>>,
  isWanted: Readonly<Ref<boolean>>,
): { place: Ref<{ right: string; bottom: string }> } {
  const place = ref({ right: '0px', bottom: '0px' });
  let stop: (() => void) | null = null;
  const look = (): void => {
    const box = element.value?.getBoundingClientRect();
    if (!box) return;
    const [right, bottom] = [innerWidth - box.right, innerHeight - box.top + GAP_PX].map(
      (px) => `${Math.max(GAP_PX, Math.round(px))}px`,
    ) as [string, string];
    if (place.value.right !== right || place.value.bottom !== bottom) place.value = { right, bottom };
  };
  watch(
    isWanted,
    (wanted) => {
      stop?.();
      stop = wanted ? every(LOOK_MS, look) : null;
      if (wanted) look();
    },
    { immediate: true },
  );
  onUnmounted(() => stop?.());
  return { place };
}
