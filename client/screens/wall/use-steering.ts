// Whether somebody steers this wall: menus show then, and go when the hands are off it.
import { onMounted, onUnmounted, ref, type Ref } from 'vue';
import { after, type Stop } from '../../clock.ts';

/** Menus stay this long after the last movement, ms. */
const STAY_MS = 12_000;

export function useSteering(): Readonly<Ref<boolean>> {
  const steered = ref(false);
  let stop: Stop | null = null;
  const touch = (): void => {
    steered.value = true;
    stop?.();
    stop = after(STAY_MS, () => (steered.value = false));
  };
  const events = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;
  onMounted(() => {
    for (const event of events) addEventListener(event, touch, true);
  });
  onUnmounted(() => {
    stop?.();
    for (const event of events) removeEventListener(event, touch, true);
  });
  return steered;
}
