// What an earlier, interrupted run has finished: one line a file, valid for the same inputs only.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Finished {
  bytes: number;
  hash: string;
}

export interface ProgressLog {
  finished: ReadonlyMap<string, Finished>;
  add(name: string, entry: Finished): void;
  /** Writes what is still in memory. */
  flush(): void;
}

// One append for many files: a killed run repeats at most these.
const LINES_AT_ONCE = 16;

/** Empties the folder when it was made from other inputs. `fileOf`: what has to exist for a line to count. */
export function openProgressLog(
  folder: string,
  inputs: string,
  fileOf: (name: string) => string,
): ProgressLog {
  const file = join(folder, 'finished.log');
  const finished = new Map<string, Finished>();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  if (lines[0] === inputs) {
    const whole = lines.slice(0, -1);
    for (const line of whole.slice(1)) {
      const [, name = '', bytes, hash = ''] = /^(\S+) (\d+) ([0-9a-f]{16})$/.exec(line) ?? [];
      if (name !== '' && existsSync(join(folder, fileOf(name))))
        finished.set(name, { bytes: Number(bytes), hash });
    }
    // A half-written last line is dropped, so that the next append begins a line of its own.
    writeFileSync(file, `${whole.join('\n')}\n`);
  } else {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${inputs}\n`);
  }
  let waiting: string[] = [];
  const flush = (): void => {
    appendFileSync(file, waiting.join(''));
    waiting = [];
  };
  return {
    finished,
    add: (name, entry) => {
      finished.set(name, entry);
      waiting.push(`${name} ${entry.bytes} ${entry.hash}\n`);
      if (waiting.length >= LINES_AT_ONCE) flush();
    },
    flush,
  };
}
