import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { AliasTable } from './alias-table.ts';
import { ENTITY_ID, entityId } from './entity-id.ts';

const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'aliases-')), 'aliases.jsonl');

function open(file: string): AliasTable {
  const table = new AliasTable(file);
  table.open();
  return table;
}

test('ids are deterministic, short and apart', () => {
  expect(entityId('bus', 'bus-position', '川H-1')).toBe(entityId('bus', 'bus-position', '川H-1'));
  expect(entityId('a', 'b', 'c')).toMatch(ENTITY_ID);
  expect(entityId('a', 'bc', 'd')).not.toBe(entityId('ab', 'c', 'd'));
});

test('a table is reversible and survives a restart and a torn last line', () => {
  const file = newFile();
  const table = open(file);
  const id = table.resolve('s', 'l', 'one');
  table.resolve('s', 'l', 'two');
  table.close();
  appendFileSync(file, '["s","l","thr');
  const again = open(file);
  expect(again.size).toBe(2);
  expect(again.sourcesOf(id)).toEqual([{ system: 's', layer: 'l', sourceId: 'one' }]);
  again.resolve('s', 'l', 'three');
  again.close();
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(3);
});

test('two source ids of one thing share an entity after a merge, also after a restart', () => {
  const file = newFile();
  const table = open(file);
  const id = table.resolve('gps', 'vehicle-position', '0139');
  table.resolve('camera', 'vehicle-position', 'H-77');
  table.merge({ system: 'camera', layer: 'vehicle-position', sourceId: 'H-77' }, id);
  expect(table.resolve('camera', 'vehicle-position', 'H-77')).toBe(id);
  table.close();
  const again = open(file);
  expect(again.resolve('camera', 'vehicle-position', 'H-77')).toBe(id);
  expect(again.sourcesOf(id)).toHaveLength(2);
});

test('a damaged line in the middle is named, not skipped', () => {
  const file = newFile();
  appendFileSync(file, '["s","l","one"]\n["s","l","two","0000000000000"]\n');
  expect(() => open(file)).toThrow(/line 1 is damaged/);
});

test('an alias under the id of a later source id is no collision', () => {
  const table = open(newFile());
  const id = entityId('s', 'l', 'one');
  table.merge({ system: 's', layer: 'l', sourceId: 'alias' }, id);
  expect(table.resolve('s', 'l', 'one')).toBe(id);
});
