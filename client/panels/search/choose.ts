// What choosing an entry does.
import { commands } from '../../stores/commands.ts';
import { ask, flyToPlace, flyToSelection, mapPort, select, view, visible } from '../../stores/view.ts';
import type { Entry } from './entry.ts';

/** @returns false where this page has no map to show it on */
export function choose({ target, title }: Entry): boolean {
  switch (target.type) {
    case 'command':
      commands()
        .find(({ id }) => id === target.id)
        ?.run?.();
      return true;
    case 'layer':
      visible.set(target.slug, true);
      view.listed = target.slug;
      return true;
    case 'row':
      visible.set(target.layer, true);
      select({ layer: target.layer, key: target.key });
      flyToSelection();
      return mapPort.value !== null;
    case 'place':
      ask({ at: target.at, name: title.zh });
      flyToPlace(target.at, target.rangeM);
      return mapPort.value !== null;
  }
}
