// The keyboard of every screen. A key typed into a field stays there.
import { closeDefinition, told } from '../stores/definition.ts';
import { goHome, select, toggleFollow, view } from '../stores/view.ts';
import { overlay } from './overlay-state.ts';

export const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;

function act(key: string): boolean {
  switch (key) {
    case '?':
      overlay.help = !overlay.help;
      return true;
    case 'Home':
      goHome();
      return true;
    case 'f':
    case 'F':
      toggleFollow();
      return view.selection !== null;
    case 'l':
    case 'L':
      overlay.layers = !overlay.layers;
      return true;
    case 'Escape':
      if (overlay.help) overlay.help = false;
      else if (told.value) closeDefinition();
      else select(null);
      return true;
    default:
      return false;
  }
}

/** Starts listening; returns what stops it. */
export function listenToKeys(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
    if (act(event.key)) event.preventDefault();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
