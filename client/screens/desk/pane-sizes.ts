// How wide and high the user of this browser made the panes of the desk. A pane nobody touched follows the window.
import { computed, reactive, type ComputedRef } from 'vue';
import { keep, readKept } from '../../stores/kept.ts';

export type SizedPane = 'left' | 'right' | 'below';
/** In CSS pixels. */
type Sizes = Partial<Record<SizedPane, number>>;
export interface Room {
  readonly width: number;
  readonly height: number;
}

const KEPT = 'desk.panes';
const PANES: readonly SizedPane[] = ['left', 'right', 'below'];
const LEAST: Readonly<Record<SizedPane, number>> = { left: 260, right: 300, below: 120 };
/** What the map keeps whatever is pulled. */
const MAP: Room = { width: 360, height: 200 };
/** The bar and the time axis. */
const FIXED_ROWS = 150;

/** The least and most of a pane in a window of this room, with the others as they are: [px, px]. */
export function limitsOf(pane: SizedPane, room: Room, now: Sizes): readonly [number, number] {
  const least = LEAST[pane];
  if (pane === 'below') return [least, Math.max(least, room.height - FIXED_ROWS - MAP.height)];
  const other = pane === 'left' ? 'right' : 'left';
  return [least, Math.max(least, room.width - MAP.width - (now[other] ?? LEAST[other]))];
}

/** What was kept, without what this version does not know. */
export function parseSizes(kept: unknown): Sizes {
  if (typeof kept !== 'object' || kept === null) return {};
  const sizes: Sizes = {};
  for (const pane of PANES) {
    const size: unknown = Reflect.get(kept, pane);
    if (typeof size === 'number' && Number.isFinite(size) && size >= LEAST[pane]) sizes[pane] = size;
  }
  return sizes;
}

export interface PaneSizes {
  /** Custom properties of the panes that were pulled. */
  readonly style: ComputedRef<Record<string, string>>;
  /** Within its limits; null: as the window has it. */
  set: (pane: SizedPane, size: number | null, room: Room) => void;
}

export function usePaneSizes(): PaneSizes {
  const sizes = reactive(parseSizes(readKept(KEPT)));
  const style = computed(() => {
    const properties: Record<string, string> = {};
    // A window that became smaller keeps its map: the style sheet caps what was pulled in a larger one.
    for (const pane of PANES)
      if (sizes[pane] !== undefined) properties[`--${pane}-pulled`] = `${sizes[pane]}px`;
    return properties;
  });
  const set: PaneSizes['set'] = (pane, size, room) => {
    if (size === null) delete sizes[pane];
    else {
      const [least, most] = limitsOf(pane, room, sizes);
      sizes[pane] = Math.round(Math.min(most, Math.max(least, size)));
    }
    keep(KEPT, sizes);
  };
  return { style, set };
}
