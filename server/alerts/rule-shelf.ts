// The alert rules of a city, read again when a file changes. A file that does not fit leaves its last good rules in force
// and says so; the others go on.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { AlertRule, AlertRuleProblem } from '../../contracts/records/alert-rule.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { WrittenFileError } from '../kit/written-file.ts';
import type { RuleWords } from './read-rules.ts';
import { readRules } from './read-rules.ts';

/** An edit counts within a second; a look costs one stat a file. */
const LOOK_MS = 1000;

interface Held {
  /** Changes with the file. */
  readonly stamp: string;
  readonly rules: readonly AlertRule[];
  readonly problem: AlertRuleProblem | null;
}

export interface RuleShelfOptions {
  readonly folder: string;
  readonly words: RuleWords;
  readonly log: Logger;
}

export class RuleShelf {
  readonly #options: RuleShelfOptions;
  readonly #held = new Map<string, Held>();
  #revision = 0;
  #rules: readonly AlertRule[] = [];

  constructor(options: RuleShelfOptions) {
    this.#options = options;
    this.look();
  }

  /** Reads edits while the server runs. */
  watch(clock: Clock): Timer {
    return clock.every(LOOK_MS, () => void this.look());
  }

  /** Raised with every change. */
  get revision(): number {
    return this.#revision;
  }

  /** In force, by id; an id that two files name is the first file's. */
  get rules(): readonly AlertRule[] {
    return this.#rules;
  }

  get problems(): readonly AlertRuleProblem[] {
    return [...this.#held.values()].flatMap(({ problem }) => problem ?? []);
  }

  get words(): RuleWords {
    return this.#options.words;
  }

  /** What rules may name changed: a file that was refused may fit now, and conditions are compiled anew. */
  reread(): void {
    for (const [file, held] of this.#held) this.#held.set(file, { ...held, stamp: '' });
    this.look();
  }

  /** Reads what changed since the last look. → whether anything did */
  look(): boolean {
    const files = this.#files();
    let changed = false;
    for (const file of [...this.#held.keys()].filter((held) => !files.includes(held))) {
      this.#held.delete(file);
      changed = true;
    }
    for (const file of files) changed = this.#take(file) || changed;
    if (!changed) return false;
    const rules = new Map<string, AlertRule>();
    for (const file of files) {
      for (const rule of this.#held.get(file)?.rules ?? []) {
        if (rules.has(rule.id))
          this.#options.log.warn('alert-rule.twice', { rule: rule.id, file: `alerts/${file}` });
        else rules.set(rule.id, rule);
      }
    }
    this.#rules = [...rules.values()];
    this.#revision += 1;
    return true;
  }

  #files(): string[] {
    const { folder } = this.#options;
    return existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.yaml'))
          .sort()
      : [];
  }

  /** → whether the file differs from when it was read last */
  #take(file: string): boolean {
    const { folder, log } = this.#options;
    const before = this.#held.get(file);
    try {
      const { mtimeMs, size } = statSync(path.join(folder, file));
      const stamp = `${mtimeMs} ${size}`;
      if (before?.stamp === stamp) return false;
      const text = readFileSync(path.join(folder, file), 'utf8');
      this.#held.set(file, this.#read(file, text, { stamp, before }));
    } catch (error) {
      // Gone between two looks, or being replaced: the next look sees what is there then.
      log.warn('alert-rules.unreadable', { file, error: String(error) });
      return false;
    }
    const problem = this.#held.get(file)?.problem;
    if (problem) log.warn('alert-rules.refused', { where: problem.where, error: problem.message });
    return true;
  }

  #read(
    file: string,
    text: string,
    { stamp, before }: { readonly stamp: string; readonly before: Held | undefined },
  ): Held {
    try {
      return { stamp, rules: readRules(text, `alerts/${file}`, this.#options.words), problem: null };
    } catch (error) {
      if (!(error instanceof WrittenFileError)) throw error;
      const { where, message } = error;
      const keptLast = before !== undefined && before.rules.length > 0;
      return { stamp, rules: before?.rules ?? [], problem: { file, where, message, keptLast } };
    }
  }
}
