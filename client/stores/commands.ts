// What can be done from the keyboard: one registry that the key listener runs, the help sheet lists and search finds.
import { shallowReactive } from 'vue';
import type { Title } from '../../contracts/column.ts';

export const commandGroups = [
  'play',
  'find',
  'scenes',
  'map',
  'time',
  'objects',
  'measure',
  'window',
] as const;
export type CommandGroup = (typeof commandGroups)[number];

export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: Title;
  /**
   * Keys as KeyboardEvent.key says them, lower case, with `ctrl+` or `shift+` in front ('ctrl' is also ⌘). Empty: only
   * listed with `shown`.
   */
  readonly keys: readonly string[];
  /** What the sheet shows where keys alone would not say it, for example arrows that the map takes itself. */
  readonly shown?: readonly string[];
  /** Works while a field has the focus. */
  readonly inFields?: boolean;
  /** Whether it would do something now; default: always. */
  readonly ready?: () => boolean;
  /** null: only told, not run from here. */
  readonly run: (() => void) | null;
}

const byId = shallowReactive(new Map<string, Command>());

/** All commands, in the order of registration. */
export const commands = (): readonly Command[] => [...byId.values()];

/**
 * Adds commands; returns what takes them away again.
 * @throws Error when an id is taken
 */
export function addCommands(list: readonly Command[]): () => void {
  for (const command of list) {
    if (byId.has(command.id)) throw new Error(`command ${command.id}: is there already: give it another id`);
    byId.set(command.id, command);
  }
  return () => {
    for (const { id } of list) byId.delete(id);
  };
}

/** A key press as the registry writes it: 'ctrl+k', 'shift+f10', '?'. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const ctrl = event.ctrlKey || event.metaKey ? 'ctrl+' : '';
  // Shift is part of what a printable key says.
  const shift = event.shiftKey && key.length > 1 ? 'shift+' : '';
  return `${ctrl}${shift}${key}`;
}

/** The first command that answers to a key and is ready. */
export function commandOf(key: string, inField: boolean): Command | null {
  for (const command of byId.values()) {
    if (!command.run || !command.keys.includes(key)) continue;
    if (inField && !command.inFields) continue;
    if (command.ready?.() ?? true) return command;
  }
  return null;
}
