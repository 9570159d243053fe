import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkPages } from './doc-links.mjs';
import { toAnchor } from './markdown.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'docs-'));
  mkdirSync(path.join(root, 'docs'));
  mkdirSync(path.join(root, 'server'));
  writeFileSync(path.join(root, 'server/main.ts'), '');
  writeFileSync(path.join(root, 'docs/wire.md'), '# Frames & bytes\n\n## 帧 格式\n\n## Same\n\n## Same\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function check(text: string): string[] {
  writeFileSync(path.join(root, 'README.md'), text);
  return checkPages(root, ['README.md', 'docs/wire.md']);
}

test.each([
  '[a](docs/wire.md) ![b](server/main.ts) [c](https://example.org/x) [d](mailto:a@b.c)',
  '[a](docs/wire.md#frames--bytes) [b](docs/wire.md#帧-格式) [c](docs/wire.md#same-1)',
  '# Here\n[up](#here)',
  '`server/main.ts`, `server/`, `docs/wire.md`, `wherever/else.ts`, `server/<slug>/x.ts`, `dist/client/`',
  '```\n[a](nowhere.md) `server/gone.ts`\n```',
  '`[a](nowhere.md)`',
])('nothing to say about %j', (text) => {
  expect(check(text)).toEqual([]);
});

test.each([
  ['[a](docs/gone.md)', 'README.md:1 links to docs/gone.md, which does not exist: correct the link.'],
  [
    '\n[a](docs/wire.md#none)',
    'README.md:2 links to docs/wire.md#none, but docs/wire.md has no heading #none: correct the anchor.',
  ],
  ['[`x`](gone.ts)', 'README.md:1 links to gone.ts, which does not exist: correct the link.'],
  [
    'see `server/gone.ts`',
    'README.md:1 names server/gone.ts, which does not exist: correct the path or the page.',
  ],
  ['see `GONE.md`', 'README.md:1 names GONE.md, which does not exist: correct the path or the page.'],
  ['[a](../out.md)', 'README.md:1 links out of the repository (../out.md): link inside it.'],
])('%j is reported', (text, complaint) => {
  expect(check(text)).toEqual([complaint]);
});

test('anchors are made as the hosting site makes them', () => {
  expect(toAnchor('Who may `import` what (checked)')).toBe('who-may-import-what-checked');
});
