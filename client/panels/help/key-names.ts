// Keys as they stand on a keyboard.
const NAMES: Readonly<Record<string, string>> = {
  ctrl: 'Ctrl',
  shift: 'Shift',
  escape: 'Esc',
  home: 'Home',
  enter: 'Enter',
  space: 'Space',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  backspace: '⌫',
  contextmenu: '▤ Menu',
};

/** 'ctrl+k' → ['Ctrl', 'K'] */
export function keyNames(key: string): string[] {
  return key.split('+').map((part) => NAMES[part] ?? part.toUpperCase());
}
