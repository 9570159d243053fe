// The layers of a scene fade in and those of the one before fade out, over as long as the panels take.
import { isStill } from '../../motion.ts';
import { opacityOf, setOpacity } from '../../stores/choices.ts';
import { localMs } from '../../clock.ts';
import { visible } from '../../stores/view.ts';

const FADE_MS = 600;

interface Fading {
  readonly slug: string;
  readonly from: number;
  readonly to: number;
  /** Not shown any more at the end, and as designed for who shows it next. */
  readonly leaves: boolean;
}

let frame = 0;
let finish: (() => void) | null = null;

/** Shows exactly these layers, each as opaque as the scene says. */
export function fadeLayers(wanted: ReadonlyMap<string, number>): void {
  cancelAnimationFrame(frame);
  finish?.();
  const fading = [...visible].flatMap(([slug, isShown]): Fading[] => {
    const to = wanted.get(slug);
    if (to === undefined) return isShown ? [{ slug, from: opacityOf(slug), to: 0, leaves: true }] : [];
    return [{ slug, from: isShown ? opacityOf(slug) : 0, to, leaves: false }];
  });
  finish = () => {
    finish = null;
    for (const { slug, to, leaves } of fading) {
      if (leaves) visible.set(slug, false);
      setOpacity(slug, leaves ? 1 : to);
    }
  };
  for (const { slug, from, leaves } of fading) {
    if (leaves || visible.get(slug)) continue;
    setOpacity(slug, from);
    visible.set(slug, true);
  }
  if (isStill()) finish();
  else run(fading);
}

function run(fading: readonly Fading[]): void {
  const began = localMs();
  const step = (): void => {
    const share = (localMs() - began) / FADE_MS;
    if (share >= 1) {
      finish?.();
      return;
    }
    for (const { slug, from, to } of fading) if (from !== to) setOpacity(slug, from + (to - from) * share);
    frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
}
