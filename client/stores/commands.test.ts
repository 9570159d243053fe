import { afterEach, describe, expect, it, test } from 'vitest';
import { addCommands, commandOf, commands, keyOf, type Command } from './commands.ts';

const command = (id: string, keys: readonly string[], more: Partial<Command> = {}): Command => ({
  id,
  group: 'map',
  title: { zh: id, en: id },
  keys,
  run: () => undefined,
  ...more,
});
let takeAway: (() => void) | null = null;
afterEach(() => takeAway?.());

test.each([
  [{ key: 'K', ctrlKey: true }, 'ctrl+k'],
  [{ key: 'k', metaKey: true }, 'ctrl+k'],
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: 'F10', shiftKey: true }, 'shift+f10'],
  [{ key: ' ' }, 'space'],
])('%o is %s', (event, key) =>
  expect(keyOf({ ctrlKey: false, metaKey: false, shiftKey: false, ...event })).toBe(key),
);

describe('the registry', () => {
  it('answers with the first command that is ready', () => {
    let on = false;
    takeAway = addCommands([
      command('first', ['escape'], { ready: () => on }),
      command('second', ['escape']),
    ]);
    expect(commandOf('escape', false)?.id).toBe('second');
    on = true;
    expect(commandOf('escape', false)?.id).toBe('first');
  });
  it('leaves keys to a field, unless a command is meant for it', () => {
    takeAway = addCommands([command('plain', ['f']), command('always', ['ctrl+k'], { inFields: true })]);
    expect(commandOf('f', true)).toBeNull();
    expect(commandOf('ctrl+k', true)?.id).toBe('always');
  });
  it('refuses the same id twice and forgets what is taken away', () => {
    takeAway = addCommands([command('one', [])]);
    expect(() => addCommands([command('one', [])])).toThrow(/one/);
    takeAway();
    expect(commands()).toEqual([]);
    takeAway = null;
  });
});
