import { expect, test } from 'vitest';
import { nodeComplaint } from './node-version.mjs';

test.each(['20.0.0', '22.3.1', '24.21.0', '100.0.0'])('Node %s will do', (version) => {
  expect(nodeComplaint(version)).toBeNull();
});

test.each(['19.9.0', '8.0.0'])('Node %s is refused in one line that names it', (version) => {
  const complaint = nodeComplaint(version);
  expect(complaint).toContain(`Node ${version} is too old`);
  expect(complaint).not.toContain('\n');
});
