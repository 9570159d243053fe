// Layers that begin hidden, once a page: what people chose since then stays.
import { view, visible } from '../stores/view.ts';
import { looks } from '../looks/looks.ts';

let done = false;

export function hideAtStart(): void {
  // A scene has said what it shows.
  if (done || view.goal) return;
  done = true;
  for (const { layer, shownAtStart } of looks.values()) if (!shownAtStart) visible.set(layer.slug, false);
}
