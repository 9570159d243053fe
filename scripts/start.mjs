// `npm start`: from a fresh clone to a living city. Begins in plain Node 20 with built-ins only.
import { requireNode } from './setup/node-version.mjs';

requireNode();
const { runCommand } = await import('./setup/command.mjs');
const { launch } = await import('./start/launch.mjs');
await runCommand((command) => launch(command, process.argv.slice(2)));
