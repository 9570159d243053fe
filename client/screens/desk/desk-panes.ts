// The panes of the desk: which of their tabs are open, and the way from one pane to the next by key.
import { ref, watch, type Ref } from 'vue';
import { order } from '../../../contracts/layers/order.ts';
import { plumeAt } from '../../stores/hazards.ts';
import { chosenOrder, ordering } from '../../stores/orders.ts';
import { placePick } from '../../stores/place-pick.ts';
import { wantedRun } from '../../stores/plan-runs.ts';
import { nearPlace } from '../../stores/resources.ts';
import { view } from '../../stores/view.ts';

const PANES = '[data-pane]';
const STOPS = 'button, input, select, a[href], summary, [tabindex="0"]';

export interface DeskPanes {
  readonly leftTab: Ref<string>;
  readonly belowTab: Ref<string>;
}

/** `right`: the column that scrolls what is chosen. */
export function useDeskPanes(right: Readonly<Ref<HTMLElement | null>>): DeskPanes {
  const leftTab = ref('tasks');
  const belowTab = ref('list');
  // Who asks for the list of a layer wants to see it.
  watch(
    () => view.listed,
    () => {
      belowTab.value = 'list';
    },
  );
  // Who begins an order, or chose one on the map, wants to see the board.
  watch(
    () => ordering.value !== null || view.selection?.layer === order.slug,
    (is) => {
      if (is) leftTab.value = 'orders';
    },
  );
  watch(chosenOrder, (id) => {
    if (id !== null) leftTab.value = 'orders';
  });
  // Keys of the map answer where the form left off.
  watch(
    () => placePick.asking,
    (is) => {
      const to = is ? '.map [tabindex="0"], .map canvas' : '[name=order-point]';
      document.querySelector<HTMLElement>(to)?.focus();
    },
  );
  watch(wantedRun, (run) => {
    if (run !== null) belowTab.value = 'plans';
  });
  watch(nearPlace, (place) => {
    if (place) belowTab.value = 'resources';
  });
  watch(plumeAt, (place) => {
    if (place) belowTab.value = 'hazards';
  });
  watch(
    () => view.selection?.key,
    (key) => {
      if (key !== undefined) right.value?.scrollTo({ top: 0 });
    },
  );
  return { leftTab, belowTab };
}

/** From the pane that has the focus to the next one (1) or the one before (−1). */
export function focusPane(by: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>(PANES)];
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const start = at < 0 && by < 0 ? 0 : at;
  for (let step = 1; step <= panes.length; step++) {
    const pane = panes[(start + by * step + panes.length * 2) % panes.length];
    const stops = [...(pane?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
    const stop = stops.find((one) => one.tabIndex >= 0 && one.checkVisibility() && !one.matches(':disabled'));
    if (!stop) continue;
    stop.focus();
    return;
  }
}
