// What worlds beside live are called, everywhere the same.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type { WorldFacts, WorldKind } from '../stores/worlds.ts';

/** Nobody has said yet what it is; but live it is not. */
const unnamed = title('非实时', 'Not live');

const words: Readonly<Record<WorldKind, Title>> = {
  live: title('实时', 'Live'),
  demo: title('演示', 'Demo'),
  drill: title('演练', 'Drill'),
  recording: title('录像', 'Recording'),
  branch: title('推演', 'What-if'),
};

/** Which one of its kind: several drills stand beside each other, and each says which it is. '' : nobody has said yet. */
export function worldName({
  id,
  scenario,
  title: said,
}: Pick<WorldFacts, 'id' | 'scenario' | 'title'>): Title {
  const no = /-(\d+)$/.exec(id)?.[1];
  if (no === undefined) return said;
  const number = title(`第 ${no} 场`, `no. ${no}`);
  if (scenario === null) return number;
  return title(`${number.zh} · ${said.zh}`, `${number.en} · ${said.en}`);
}

export const worldWord = (kind: WorldKind | null): Title => (kind === null ? unnamed : words[kind]);
