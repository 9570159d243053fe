// `npm test`: sets up what the tests need, runs all of them, ends with one line "N passed, N failed".
import { requireNode } from './setup/node-version.mjs';

requireNode();
const { runCommand } = await import('./setup/command.mjs');
const { testAll } = await import('./test/all.mjs');
await runCommand(testAll, { interruptedCode: 130, output: process.stdout });
