// What is done to alerts from the list, and with which key.
export type ActKind = 'acknowledge' | 'shelve' | 'unshelve' | 'comment';

export interface Act {
  readonly kind: ActKind;
  readonly ids: readonly string[];
  /** Reason or comment; '' where none is asked for. */
  readonly text: string;
}

/** On a line: a acknowledges, s shelves or takes off the shelf, c comments. null: no key of ours. */
export function actOfKey(key: string, state: 'open' | 'acknowledged' | 'shelved'): ActKind | null {
  switch (key.toLowerCase()) {
    case 'a':
      return state === 'open' ? 'acknowledge' : null;
    case 's':
      return state === 'shelved' ? 'unshelve' : 'shelve';
    case 'c':
      return 'comment';
    default:
      return null;
  }
}
