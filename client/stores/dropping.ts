// Files that people bring: what is a recording is opened, everything else becomes a temporary layer on the map.
import { shallowRef } from 'vue';
import { openRecording } from './recording.ts';

/** Files to be put on the map; each is a new list. */
export const broughtFiles = shallowRef<readonly File[]>([]);
/** Something is held over the page. */
export const isHeldOver = shallowRef(false);

const RECORDING = /\.cockpit$/i;

export function takeFiles(files: readonly File[]): void {
  isHeldOver.value = false;
  const recorded = files.find(({ name }) => RECORDING.test(name));
  if (recorded) openRecording(recorded);
  const others = files.filter(({ name }) => !RECORDING.test(name));
  if (others.length > 0) broughtFiles.value = others;
}
