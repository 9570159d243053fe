// How many parts of a line must be left out so that the rest fits whole: found by measuring, before anything is painted.
import { nextTick, onMounted, onUnmounted, ref, watch, type Ref } from 'vue';

/** A line may be wider than its room by this much and still be whole to the eye, pixels. */
const TOLERANCE_PX = 2;

/**
 * @param most parts that can be left out
 * @param content what the line is made of: when it changes, it is measured anew
 */
export function useShortening(
  line: Readonly<Ref<HTMLElement | null>>,
  most: number,
  content: () => unknown,
): Readonly<Ref<number>> {
  const left = ref(0);
  let turn = 0;
  let widthPx = 0;
  const fit = async (): Promise<void> => {
    const mine = ++turn;
    left.value = 0;
    await nextTick();
    while (mine === turn && left.value < most && isTooLong(line.value)) {
      left.value += 1;
      await nextTick();
    }
  };
  let observer: ResizeObserver | null = null;
  const again = (): void => void fit();
  watch(content, again, { flush: 'post' });
  onMounted(() => {
    observer = new ResizeObserver(([entry]) => {
      const now = entry?.contentRect.width ?? 0;
      if (Math.abs(now - widthPx) < 1) return;
      widthPx = now;
      again();
    });
    if (line.value) observer.observe(line.value);
    // Another face is another width.
    document.fonts.addEventListener('loadingdone', again);
    again();
  });
  onUnmounted(() => {
    observer?.disconnect();
    document.fonts.removeEventListener('loadingdone', again);
  });
  return left;
}

function isTooLong(line: HTMLElement | null): boolean {
  if (line === null) return false;
  // Where it may break, a line too many is too long as well; larger digits alone are none.
  const halfLinePx = Number.parseFloat(getComputedStyle(line).fontSize) / 2;
  return (
    line.scrollWidth > line.clientWidth + TOLERANCE_PX || line.scrollHeight > line.clientHeight + halfLinePx
  );
}
