// How wide an element is in widths of its own type, followed while it is there.
import { onUnmounted, ref, watch, type Ref } from 'vue';

/** Until it was measured: about that of a wall of 16:9. */
const USUAL_EM = 50;

export function useWidthEm(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number>> {
  const widthEm = ref(USUAL_EM);
  const observer = new ResizeObserver(([entry]) => {
    if (!entry || entry.contentRect.width === 0) return;
    widthEm.value = entry.contentRect.width / Number.parseFloat(getComputedStyle(entry.target).fontSize);
  });
  watch(element, (now, before) => {
    if (before) observer.unobserve(before);
    if (now) observer.observe(now);
  });
  onUnmounted(() => observer.disconnect());
  return widthEm;
}
