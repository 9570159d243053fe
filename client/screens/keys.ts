// The keyboard of every screen: a key press runs the first command of the registry that answers to it and is ready. A key
// typed into a field stays there, and an open dialog keeps the keyboard to itself.
import { commandOf, keyOf } from '../stores/commands.ts';

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement
    ? !['checkbox', 'radio', 'button'].includes(target.type)
    : target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

const PRESSES = new Set(['enter', 'space', 'contextmenu', 'shift+f10']);
/** What answers to Enter, Space and the menu key by itself. */
const presses = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('button, a, input, summary, [role=row], [role=option]') !== null;

/** Starts listening; returns what stops it. */
export function listenToKeys(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    // What had the focus has answered already.
    if (event.defaultPrevented) return;
    if (event.altKey || event.isComposing || document.querySelector('dialog:modal')) return;
    const key = keyOf(event);
    if (PRESSES.has(key) && presses(event.target)) return;
    // A slider takes arrows and Home, but nothing with Ctrl.
    const isSlider = event.target instanceof HTMLInputElement && event.target.type === 'range';
    const command = commandOf(key, inField(event.target) && !(isSlider && key.startsWith('ctrl+')));
    if (!command) return;
    event.preventDefault();
    command.run?.();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
