// What of the page lies over the map and is read: legend, scale bar, panels, buttons. Nothing on the map stands under it.
import type { Box } from '../labels/screen-grid.ts';

/** What covers more of the map than this is a veil or a frame: its parts count, not itself. */
const MOST_PART = 0.4;
/** Kept free around each, CSS pixels. */
const CLEAR_PX = 4;
/** It follows the pointer: names must not run from it. */
const FLEETING = '[data-test=hover-note]';

/** Boxes of the instruments over the map, canvas pixels. @param root the element of the map beside which they stand */
export function instrumentBoxes(root: Element, canvas: HTMLCanvasElement): Box[] {
  const map = canvas.getBoundingClientRect();
  const scale = canvas.width / Math.max(1, map.width);
  const boxes: Box[] = [];
  const visit = (element: Element): void => {
    if (element === root || element instanceof HTMLCanvasElement || element.matches(FLEETING)) return;
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    const apart = left >= map.right || right <= map.left || top >= map.bottom || bottom <= map.top;
    if (!apart && width > 0 && width * height < map.width * map.height * MOST_PART && isFilled(element)) {
      boxes.push({
        left: (left - map.left - CLEAR_PX) * scale,
        right: (right - map.left + CLEAR_PX) * scale,
        top: (top - map.top - CLEAR_PX) * scale,
        bottom: (bottom - map.top + CLEAR_PX) * scale,
      });
    } else if (width === 0 || !apart) for (const child of element.children) visit(child);
  };
  for (const element of root.parentElement?.children ?? []) visit(element);
  return boxes;
}

/** It says something: a veil without text or control does not. */
const isFilled = (element: Element): boolean =>
  element.childElementCount > 0 || (element.textContent ?? '').trim() !== '';
