// Which columns of a row are the limits of another of its columns. How bad it is to be beyond one, the look of the layer says.
import type { ChartLimit } from '../../charts/model.ts';
import type { Row } from '../../../contracts/layer.ts';
import type { Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import type { Kind } from '../../looks/look.ts';
import { looks } from '../../looks/looks.ts';
import { isSeverity } from '../../looks/sign.ts';

/** Limits by layer and column, with the word that stands on their line. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Title>>>>>> = {
  'river-gauge': {
    levelM: { warningM: title('警戒', 'Warning'), guaranteeM: title('保证', 'Guarantee') },
  },
  reservoir: {
    levelM: { floodLimitM: title('汛限', 'Flood limit'), normalM: title('正常', 'Normal') },
  },
};

interface Beyond {
  /** Added to the limit. */
  readonly by: number;
  readonly severity: ChartLimit['severity'];
}

/** From where on the look colours a column that is beyond a limit. */
function beyond(kinds: readonly Kind[], column: string, limit: string): Beyond[] {
  return kinds.flatMap(({ when, tint }) => {
    const [test] = when;
    if (when.length !== 1 || !test || !('over' in test) || !isSeverity(tint)) return [];
    return test.column === column && test.over === limit ? [{ by: test.by ?? 0, severity: tint }] : [];
  });
}

/** The limits of a column that the row itself brings. `show` writes a value in the column's own decimals. */
export function limitsOf(
  layer: string,
  column: string,
  { row, say, show }: { row: Row; say: (title: Title) => string; show: (value: number) => string },
): ChartLimit[] {
  const kinds = looks.get(layer)?.kinds ?? [];
  return Object.entries(LIMITS[layer]?.[column] ?? {}).flatMap(([name, word]) => {
    const value = row.values[name];
    if (typeof value !== 'number') return [];
    const steps = beyond(kinds, column, name);
    const onLine = steps.find(({ by }) => by === 0)?.severity ?? null;
    return [
      { value, word: `${say(word)} ${show(value)}`, severity: onLine, side: 'above' as const },
      ...steps
        .filter(({ by }) => by !== 0)
        .map(({ by, severity }) => ({ value: value + by, word: '', severity, side: 'above' as const })),
    ];
  });
}
