// Commands of one screen, in the registry as long as the screen is there.
import { onUnmounted, watch } from 'vue';
import { addCommands, type Command } from '../stores/commands.ts';

export function useCommands(list: () => readonly Command[]): void {
  let release: (() => void) | null = null;
  watch(
    list,
    (now) => {
      release?.();
      release = addCommands(now);
    },
    { immediate: true },
  );
  onUnmounted(() => release?.());
}
