import { describe, expect, it } from 'vitest';
import type { Column } from '../../contracts/column.ts';
import { LayerTable } from '../../contracts/table.ts';
import { catalog } from '../catalog.ts';
import type { Look } from './look.ts';
import { representationAt } from './look.ts';
import { looks } from './looks.ts';
import { bindKinds } from './match.ts';
import { isSeverity, severityForms, tints, waterForms } from './sign.ts';

const all = [...looks.values()];

/** Columns a template names: "{a-b}" names two. */
const named = (template: string): string[] =>
  [...template.matchAll(/\{([a-zA-Z0-9]+)(?:-([a-zA-Z0-9]+))?\}/g)]
    .flatMap(([, a, b]) => [a, b])
    .filter((name): name is string => name !== undefined && name !== 'kind');

const codesOf = (column: Column | undefined): string[] =>
  column?.type === 'enum' ? Object.keys(column.values) : [];

it('gives every layer that has a place a look', () => {
  const placed = [...catalog.values()].filter(({ columns }) =>
    Object.values(columns).some(({ type }) => type === 'position' || type === 'geometry'),
  );
  expect(
    placed.filter(({ slug }) => !looks.has(slug) && slug !== 'transit-alert').map(({ slug }) => slug),
  ).toEqual([]);
});

describe.each(all.map((look) => [look.layer.slug, look] as const))('look of %s', (_slug, look: Look) => {
  const { columns } = look.layer;

  it('asks questions the layer can answer', () => {
    const table = new LayerTable(look.layer);
    expect(() => bindKinds(table, look.kinds)).not.toThrow();
    for (const test of look.kinds.flatMap(({ when }) => when)) {
      if (!('is' in test)) continue;
      for (const code of test.is) expect(codesOf(columns[test.column])).toContain(code);
    }
  });

  it('leaves no row without a class', () => {
    expect(look.kinds.at(-1)?.when).toEqual([]);
    expect(look.kinds.slice(0, -1).every(({ when }) => when.length > 0)).toBe(true);
  });

  it('never shows a severity without its shape', () => {
    const bare = look.kinds.filter(
      ({ tint, form, word }) =>
        isSeverity(tint) &&
        form !== severityForms[tint] &&
        form !== waterForms[tint] &&
        !/[红橙黄蓝]/.test(word.zh),
    );
    expect(bare).toEqual([]);
  });

  it('names columns that are there', () => {
    const names = [
      ...look.facts,
      ...(look.spark ? [look.spark] : []),
      ...(look.values ?? []).flatMap(({ zh, en }) => [...named(zh), ...named(en)]),
      ...(look.fill ? [look.fill.column, look.fill.limit] : []),
      ...(look.heading ? [look.heading.column, 'speedKmh'] : []),
      ...(look.still ? [look.still.column] : []),
    ];
    expect(names.filter((name) => !(name in columns))).toEqual([]);
    for (const code of Object.keys(look.forms?.codes ?? {}))
      expect(codesOf(columns[look.forms?.column ?? ''])).toContain(code);
    expect(look.spark === undefined || columns[look.spark]?.type === 'number').toBe(true);
  });

  it('has values for classes that exist, and heights that rise', () => {
    for (const kind of (look.values ?? []).flatMap(({ kinds }) => kinds ?? []))
      expect(kind).toBeLessThan(look.kinds.length);
    const below = look.zoom.map(({ belowM }) => belowM);
    expect(below).toEqual([...below].sort((a, b) => a - b));
    expect(representationAt(look, 100)).not.toBe('hidden');
    expect(look.zoom.every(({ as }) => as !== 'heat') || look.steps !== undefined).toBe(true);
  });
});

it('keeps the tints of severity where the shader looks for them', () => {
  expect(tints.slice(4, 8)).toEqual(['red', 'orange', 'yellow', 'blue']);
});
