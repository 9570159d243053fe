// What the numbers of a water row mean and where they come from.
import { title } from '../../../contracts/declare.ts';
import { catalog } from '../../catalog.ts';
import type { Definition } from '../../stores/definition.ts';
import { feedFacts } from '../../stores/feed-facts.ts';
import { say } from '../../stores/session.ts';
import type { LimitKind, WaterRow } from './water.ts';

const formulas: Readonly<Record<LimitKind, ReturnType<typeof title>>> = {
  flood: title('余量 = 汛限水位 − 库水位；超过为黄', 'Left = flood limit − level; above it yellow'),
  normal: title(
    '余量 = 正常蓄水位 − 库水位（未设汛限）',
    'Left = normal level − level (no flood limit is set)',
  ),
  warning: title('余量 = 警戒水位 − 水位；超过为橙', 'Left = warning level − level; above it orange'),
  guarantee: title('超出 = 水位 − 保证水位；超过为红', 'Over = level − guarantee level; above it red'),
};

export function waterDefinition({ name, row, state, level, limit, limitM, synthetic }: WaterRow): Definition {
  const layer = row ? catalog.get(row.layer) : undefined;
  const feed = row ? feedFacts.value.get(row.source) : undefined;
  return {
    title: title(`${name} 水位`, `${name}, level`),
    shown: level === null ? null : { text: level, unit: 'm' },
    state,
    formula: limit ? formulas[limit] : null,
    limits: limitM === null ? null : `${limitM.toFixed(2)} m`,
    inputs: layer ? [say(layer.title)] : [],
    sources: row ? [feed ? `${say(feed.title)} · ${feed.protocol}` : row.source] : [],
    at: row?.at ?? null,
    coveragePct: null,
    oldestInputS: null,
    version: null,
    synthetic,
    estimated: false,
  };
}
