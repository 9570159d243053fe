import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createChildLog, rotate, summarise } from './child-log.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'child-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the last five runs are kept', () => {
  for (let run = 1; run <= 7; run += 1) writeFileSync(rotate(folder, 'server'), String(run));
  const text = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  expect(['server.log', 'server.1.log', 'server.4.log'].map(text)).toEqual(['7', '6', '3']);
  expect(existsSync(path.join(folder, 'server.5.log'))).toBe(false);
});

test.each([
  ['{"level":30,"msg":"listening"}', false, 'listening'],
  ['{"level":50,"event":"feed-down","msg":"gtfs"}', true, 'feed-down: gtfs'],
  ['{"level":"error","msg":"failed","err":{"message":"ECONNREFUSED"}}', true, 'failed: ECONNREFUSED'],
  ['Error: Cannot find module x', true, 'Error: Cannot find module x'],
  ['TypeError: no', true, 'TypeError: no'],
  ['just a word', false, 'just a word'],
])('%s', (line, severe, text) => {
  expect(summarise(line)).toEqual({ severe, text });
});

test('errors reach the terminal once, whole lines only; the reason is the last error', () => {
  const said: string[] = [];
  const log = createChildLog({
    folder,
    name: 'server',
    report: { say: (text) => said.push(text), progress: () => undefined },
  });
  const line = '{"level":50,"msg":"disk full"}\n';
  log.write(Buffer.from('{"level":30,"msg":"fine"}\n' + line.slice(0, 9)));
  expect(said).toEqual([]);
  log.write(Buffer.from(line.slice(9) + line + '{"level":30,"msg":"going on"}\n'));
  expect(said).toEqual(['server: disk full']);
  expect(log.reason()).toBe('disk full');
  log.close();
});
