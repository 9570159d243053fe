// The scroll and the keyboard of a long list: which rows are in sight, which one is current, and what moves it.
import { computed, onMounted, ref, type ComputedRef, type Ref } from 'vue';

export const ROW_PX = 34;
/** Rows drawn beyond each edge, so that scrolling shows no gap. */
export const SPARE_ROWS = 6;
const HEAD_PX = 32;

interface GridActions {
  count(): number;
  choose(index: number): void;
  /** null: none. */
  point(index: number | null): void;
}

export interface GridKeys {
  readonly current: Ref<number>;
  /** The first row drawn. */
  readonly first: ComputedRef<number>;
  /** Height of the box, CSS pixels. */
  readonly tall: Ref<number>;
  show(index: number): void;
  onScroll(): void;
  onKey(event: KeyboardEvent): void;
}

export function useGridKeys(scroller: Readonly<Ref<HTMLElement | null>>, actions: GridActions): GridKeys {
  const top = ref(0);
  const tall = ref(400);
  const current = ref(0);

  const onScroll = (): void => {
    top.value = scroller.value?.scrollTop ?? 0;
    tall.value = scroller.value?.clientHeight ?? 400;
  };
  const show = (index: number): void => {
    const box = scroller.value;
    if (!box) return;
    const from = index * ROW_PX;
    if (from < box.scrollTop) box.scrollTop = from;
    else if (from + ROW_PX > box.scrollTop + box.clientHeight - HEAD_PX)
      box.scrollTop = from + ROW_PX - box.clientHeight + HEAD_PX;
  };
  const stepOf = (key: string): number | undefined => {
    const page = Math.max(1, Math.floor((tall.value - HEAD_PX) / ROW_PX) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      End: Infinity,
    };
    return steps[key];
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== scroller.value) return;
    const step = stepOf(event.key);
    // The list may have become shorter since.
    current.value = Math.min(current.value, actions.count() - 1);
    if (event.key === 'Enter' || event.key === ' ') actions.choose(current.value);
    else if (step !== undefined) {
      current.value = Math.min(Math.max(current.value + step, 0), actions.count() - 1);
      show(current.value);
      actions.point(current.value);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  onMounted(onScroll);
  return {
    current,
    first: computed(() => Math.max(0, Math.floor(top.value / ROW_PX) - SPARE_ROWS)),
    tall,
    show,
    onScroll,
    onKey,
  };
}
