// Opens the view that the address of this page names, once there is a map and the rows it speaks of can come.
import { watch } from 'vue';
import { readPage } from './settings.ts';
import { ignoredInLink } from './stores/link-notes.ts';
import { applyShared, readShared } from './stores/share.ts';
import { mapPort } from './stores/view.ts';

export function startShared(query: URLSearchParams): void {
  const { view: shared, ignored } = readShared(query);
  ignoredInLink.value = [...readPage(query).ignored, ...ignored];
  if (!shared) return;
  // Layers and selection at once; the camera as soon as there is one.
  applyShared(shared);
  const stop = watch(mapPort, (port) => {
    if (!port) return;
    // Layers that begin hidden are hidden by the map when it starts: what the address says comes after that.
    applyShared(shared);
    stop();
  });
}
