// A long press, or the right button, asks what is at a place. Taps, pinch, turn and the two-finger tilt are deck's own.
import { after, type Stop } from '../../clock.ts';

const LONG_PRESS_MS = 550;
/** A finger at rest moves less than this, CSS pixels. */
const SLIP_PX = 10;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** @param ask called with CSS pixels inside the element @returns what stops listening */
export function listenForLongPress(element: HTMLElement, ask: (at: Spot) => void): () => void {
  const fingers = new Map<number, Spot>();
  let stopPress: Stop | null = null;
  const give = (): void => {
    stopPress?.();
    stopPress = null;
  };
  const spotOf = ({ clientX, clientY }: MouseEvent): Spot => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const handlers = {
    pointerdown: (event: PointerEvent): void => {
      const spot = spotOf(event);
      fingers.set(event.pointerId, spot);
      give();
      if (fingers.size > 1 || event.button !== 0 || event.pointerType === 'mouse') return;
      stopPress = after(LONG_PRESS_MS, () => ask(spot));
    },
    pointermove: (event: PointerEvent): void => {
      const from = fingers.get(event.pointerId);
      const now = spotOf(event);
      if (from && Math.hypot(now.x - from.x, now.y - from.y) > SLIP_PX) give();
    },
    pointerup: (event: PointerEvent): void => {
      fingers.delete(event.pointerId);
      give();
    },
    pointercancel: (event: PointerEvent): void => {
      fingers.delete(event.pointerId);
      give();
    },
    contextmenu: (event: PointerEvent): void => {
      event.preventDefault();
      // A long press of a finger has asked already.
      if (event.pointerType !== 'touch') ask(spotOf(event));
    },
  };
  const entries = Object.entries(handlers) as [string, EventListener][];
  for (const [name, handler] of entries) element.addEventListener(name, handler, true);
  return () => {
    give();
    for (const [name, handler] of entries) element.removeEventListener(name, handler, true);
  };
}
