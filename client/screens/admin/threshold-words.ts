// Thresholds of indicators in words.
import type { KeptLimits } from '../../../contracts/records/city-setting.ts';
import { title } from '../../../contracts/declare.ts';
import type { Title } from '../../../contracts/column.ts';

type Judged = Pick<KeptLimits, 'direction'>;

/** What each number of a code is the bound of, in its order. */
export function boundWords({ direction }: Judged): readonly Title[] {
  if (direction === 'band') return [title('下限', 'Lowest good'), title('上限', 'Highest good')];
  const [zh, en] = direction === 'down' ? ['不高于', 'up to'] : ['不低于', 'down to'];
  return [
    title(`正常${zh}`, `Normal ${en}`),
    title(`黄${zh}`, `Yellow ${en}`),
    title(`橙${zh}，其余红`, `Orange ${en}, else red`),
  ];
}

/** "≤ 4 | 6 | 8", "30 ~ 60" */
export function codeText({ direction }: Judged, code: readonly number[]): string {
  if (direction === 'band') return code.join(' ~ ');
  return `${direction === 'down' ? '≤' : '≥'} ${code.join(' | ')}`;
}
