// What worlds beside live are called, everywhere the same.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type { WorldKind } from '../stores/worlds.ts';

/** Nobody has said yet what it is; but live it is not. */
const unnamed = title('非实时', 'Not live');

const words: Readonly<Record<WorldKind, Title>> = {
  live: title('实时', 'Live'),
  demo: title('演示', 'Demo'),
  drill: title('演练', 'Drill'),
  recording: title('录像', 'Recording'),
  branch: title('推演', 'What-if'),
};

export const worldWord = (kind: WorldKind | null): Title => (kind === null ? unnamed : words[kind]);
