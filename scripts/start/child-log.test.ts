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
  ['{"level":30,"msg":"listening"}', false, 'listening', true],
  ['{"level":50,"event":"feed-down","msg":"gtfs"}', true, 'feed-down: gtfs', true],
  ['{"level":"error","msg":"failed","err":{"message":"ECONNREFUSED"}}', true, 'failed: ECONNREFUSED', true],
  ['Error: Cannot find module x', true, 'Cannot find module x', false],
  ['ConfigError: my.yaml: prot: unknown key', true, 'my.yaml: prot: unknown key', false],
  ['just a word', false, 'just a word', false],
])('%s', (line, severe, text, isLogged) => {
  expect(summarise(line)).toEqual({ severe, text, isLogged });
});

test('a crash report is left to who says that the child ended', () => {
  const said: string[] = [];
  const report = { say: (text: string) => said.push(text), progress: () => undefined };
  const log = createChildLog({ folder, name: 'server', report });
  log.write(Buffer.from('ConfigError: my.yaml: prot: unknown key\n'));
  expect(said).toEqual([]);
  expect(log.reason()).toBe('my.yaml: prot: unknown key');
  log.close();
});

test('the usual log is no reason for an end', () => {
  const report = { say: () => undefined, progress: () => undefined };
  const log = createChildLog({ folder, name: 'server', report });
  log.write(Buffer.from('{"level":30,"msg":"feed.recovered"}\n'));
  expect(log.reason()).toBe(`it gave no reason, see ${path.join(folder, 'server.log')}`);
  log.close();
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
