import { expect, test } from 'vitest';
import { nameComplaint } from './file-name-rule.mjs';

test.each([
  'server/feeds/road-speed/parse.test.ts',
  'client/panels/flow/FlowPanel.vue',
  'eslint.config.js',
  '.dependency-cruiser.cjs',
  'contracts/layers/pm25.ts',
])('%s is a good name', (file) => {
  expect(nameComplaint(file)).toBeNull();
});

test.each([
  ['server/utils/x.ts', /"utils" says nothing/],
  ['server/kit/helpers.ts', /"helpers" says nothing/],
  ['client/data.test.ts', /"data" says nothing/],
  ['server/roadSpeed.ts', /kebab-case/],
  ['client/flow-panel.vue', /PascalCase/],
])('%s is refused', (file, sentence) => {
  expect(nameComplaint(file)).toMatch(sentence);
});
