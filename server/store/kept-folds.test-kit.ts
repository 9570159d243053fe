// What every engine does with snapshots of folds and the end of the chain at a start: the same tests over SQLite and PostgreSQL.
import { expect, test } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { toStored } from './chain.ts';
import type { Engine, Trial } from './contract.test-kit.ts';
import { all, newFolder } from './contract.test-kit.ts';
import type { Fold } from './port.ts';

let now = 1_770_000_000_000;
const clock = (): number => (now += 10);
const KINDS = ['count/add', 'count/take'];
const said = (at: number) => ({
  subject: '甲',
  kind: ['count/add', 'other/thing', 'count/take'][at % 3] as string,
  body: { at },
});

/** Counts, in an order that tells. */
function counting(version = 1): Fold & { readonly made: { sum: number }; applied: number } {
  const made = { sum: 0 };
  const fold = {
    ...{ name: 'count', version, kinds: KINDS, made, applied: 0 },
    apply: ({ kind, body }: { kind: string; body: unknown }) => {
      const { at } = body as { at: number };
      made.sum = kind === 'count/add' ? made.sum * 3 + at : made.sum - at;
      made.sum %= 1_000_003;
      fold.applied += 1;
    },
    state: () => ({ ...made }),
    restore: (state: unknown) => void Object.assign(made, state),
    size: () => 1,
  };
  return fold;
}

/** What all entries make. */
function whole(count: number): number {
  const fold = counting();
  for (let at = 1; at <= count; at += 1) {
    const { kind } = said(at);
    if (KINDS.includes(kind)) fold.apply({ ...said(at), kind } as never);
  }
  return fold.made.sum;
}

class Rig {
  readonly #trial: Trial;
  constructor(trial: Trial) {
    this.#trial = trial;
  }

  /** A closed store of entries 1 to `then`, with a snapshot of the fold at `count`. */
  async filled(count: number, then = count): Promise<Filled> {
    const trial = this.#trial;
    const [engine, folder] = [await trial.create(), newFolder()];
    const store = await trial.openStore(engine, folder);
    const log = await store.openLog('live', clock);
    const fold = counting();
    await log.fold(fold);
    const add = async (at: number): Promise<void> => {
      const entry = await log.append(said(at));
      if (KINDS.includes(entry.kind)) fold.apply(entry);
    };
    await Promise.all(Array.from({ length: count }, (_, at) => add(at + 1)));
    await trial.close(store);
    // Behind the snapshot, by somebody who folds nothing.
    const again = await trial.openStore(engine, folder);
    const other = await again.openLog('live', clock);
    for (let at = count + 1; at <= then; at += 1) await other.append(said(at));
    await trial.close(again);
    return { engine, folder };
  }

  async start({ engine, folder }: Filled, version = 1) {
    const store = await this.#trial.openStore(engine, folder);
    const log = await store.openLog('live', clock);
    const fold = counting(version);
    await log.fold(fold);
    return { fold, store, log, trouble: store.report.trouble };
  }
}

interface Filled {
  readonly engine: Engine;
  readonly folder: string;
}

export function keepsFolds(trial: Trial): void {
  const rig = new Rig(trial);

  test('a start folds what came behind the snapshot and nothing else, and knows what the whole log says', async () => {
    const { fold, trouble } = await rig.start(await rig.filled(200, 206));
    expect(fold.made.sum).toBe(whole(206));
    expect(fold.applied).toBe(4);
    expect(trouble).toBe('');
  });

  test.each([
    ['torn', "UPDATE fold_snapshot SET state = substr(state, 1, 70) WHERE fold = 'count'"],
    ['edited', "UPDATE fold_snapshot SET state = replace(state, 'sum', 'sam') WHERE fold = 'count'"],
    ['of another chain', "UPDATE fold_snapshot SET hash = 'other' WHERE fold = 'count'"],
    ['gone', 'DELETE FROM fold_snapshot'],
  ])('a snapshot that is %s is not taken: all is folded anew', async (_, damage) => {
    const filled = await rig.filled(30);
    await filled.engine.damage(damage);
    const { fold, trouble } = await rig.start(filled);
    expect(fold.made.sum).toBe(whole(30));
    expect(fold.applied).toBe(20);
    expect(trouble).toBe('');
  });

  test('a snapshot of another version is not taken, and the next one is of this version', async () => {
    const filled = await rig.filled(30);
    const newer = await rig.start(filled, 2);
    expect([newer.fold.made.sum, newer.fold.applied]).toEqual([whole(30), 20]);
    await trial.close(newer.store);
    expect((await rig.start(filled, 2)).fold.applied).toBe(0);
  });
}

/** What a start says of a log that is not what was written. */
export function seesEdits(trial: Trial): void {
  const rig = new Rig(trial);

  test('a start says which entry behind the last checkpoint was edited, and goes on', async () => {
    const filled = await rig.filled(30, 36);
    await filled.engine.damage(
      `UPDATE fold_snapshot SET seq = 30, hash = (SELECT hash FROM entry WHERE seq = 30)`,
    );
    await filled.engine.damage(`UPDATE entry SET text = replace(text, '"at":33', '"at":39') WHERE seq = 33`);
    const { trouble } = await rig.start(filled);
    expect(trouble).toMatch(/entry 33 of live was edited.*npm run verify/);
    expect(await trial.faultsOf(filled.engine, filled.folder)).toContain('edited 33-33');
  });

  test('an entry that was edited together with its hash is found by the one behind it', async () => {
    const filled = await rig.filled(30, 36);
    const { store, log } = await rig.start(filled);
    const entries = await all(log.read({ after: 32, upTo: 33 }));
    await trial.close(store);
    const { text, hash } = toStored({ ...(entries[0] as LogEntry), body: { at: 39 } });
    await filled.engine.damage(`UPDATE entry SET text = '${text}', hash = '${hash}' WHERE seq = 33`);
    await filled.engine.damage("DELETE FROM fold_snapshot WHERE fold = 'chain'");
    expect((await rig.start(filled)).trouble).toMatch(/entry 33 of live was edited/);
  });

  test('a start says that an entry which is folded was edited, wherever it stands', async () => {
    const filled = await rig.filled(30);
    await filled.engine.damage(
      `UPDATE entry SET text = replace(text, '"at":3,', '"at":4,') WHERE seq = 3;
       UPDATE entry SET text = replace(text, '"at":3}', '"at":4}') WHERE seq = 3;
       DELETE FROM fold_snapshot WHERE fold = 'count'`,
    );
    expect((await rig.start(filled)).trouble).toMatch(/entry 3 of live was edited/);
  });

  test('the last entry of the checked part must be the one it was', async () => {
    const filled = await rig.filled(30);
    await filled.engine.damage(`UPDATE entry SET text = replace(text, '"at":30', '"at":31') WHERE seq = 30`);
    expect((await rig.start(filled)).trouble).toMatch(/entry 30 of live is not the one it was/);
  });
}
