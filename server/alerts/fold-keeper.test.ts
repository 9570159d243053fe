// A start knows of alerts and clusters what the whole log says, and reads no more of it than came since the last snapshot.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { ObservationBatch } from '../../contracts/frame.ts';
import { alert } from '../../contracts/layers/alert.ts';
import type { AlertKind } from '../../contracts/records/alert.ts';
import type { ClusterSignal } from '../../contracts/records/cluster.ts';
import { LayerTable } from '../../contracts/table.ts';
import { createManualClock } from '../kit/clock.ts';
import { openStore } from '../store/open-store.ts';
import type { ReadRange, RecordLog, RecordStore } from '../store/port.ts';
import { silent } from '../store/silent.test-kit.ts';
import { AlertBook } from './alert-book.ts';
import { ClusterFold } from './clusters/fold.ts';
import { PlacesInText } from './clusters/places-in-text.ts';
import type { RaiseBody, Step } from './fold.ts';
import { AlertFold } from './fold.ts';

const T0 = Date.UTC(2026, 6, 16, 12);
const stored = <T>(state: T): T => JSON.parse(JSON.stringify(state)) as T;

const raised = (id: number, at: number): Omit<RaiseBody, 'id'> => ({
  ...{ rule: 'r', cause: `r k${id}`, layer: 'river-gauge', key: `k${id}`, severity: 'orange', alarm: true },
  ...{ title: { zh: `甲${id}`, en: `A${id}` }, value: 1, limit: 0, column: 'levelM', position: null },
  ...{ region: '990101', synthetic: true, since: at },
});

/** What can be said of one of a few alerts. */
const anyStep = fc.record({
  kind: fc.constantFrom<AlertKind>('alert/raise', 'alert/change', 'alert/acknowledge', 'alert/shelve', 'alert/comment', 'alert/clear'), // prettier-ignore
  about: fc.nat(4),
  severity: fc.constantFrom('blue', 'red'),
});

function stepOf(
  { kind, about, severity }: typeof anyStep extends fc.Arbitrary<infer T> ? T : never,
  at: number,
): Step {
  const body =
    kind === 'alert/raise'
      ? { id: `al-${about}`, ...raised(about, at) }
      : {
          id: `al-${about}`,
          ids: [`al-${about}`],
          severity,
          value: 2,
          why: 'by-hand',
          reason: 'x',
          text: 'y',
          until: at,
        };
  return { kind, subject: '甲', at, body };
}

const facts = (fold: AlertFold) =>
  stored({
    open: [...fold.open.values()].map(({ members: _members, ...held }) => held),
    cleared: fold.cleared.map(({ members: _members, ...held }) => held),
    causes: [...fold.byCause].map(([cause, { id }]) => [cause, id]),
    ...{ raised: fold.raised, marks: fold.marks, suppressed: [...fold.suppressed] },
  });

test('what a snapshot of alerts and the steps behind it say is what all steps say', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 60 }), fc.nat(60), (said, cut) => {
      const [whole, first, then] = [new AlertFold(), new AlertFold(), new AlertFold()];
      let last = first;
      said.forEach((one, at) => {
        const step = stepOf(one, T0 + at * 1000);
        // An alert that stands is not raised again.
        if (step.kind === 'alert/raise' && whole.open.has(`al-${one.about}`)) return;
        if (at >= cut && last === first) {
          expect(then.restore(stored(first.state()))).toBe(true);
          last = then;
        }
        whole.apply(step);
        last.apply(step);
      });
      expect(facts(last)).toEqual(facts(whole));
    }),
  );
  expect(new AlertFold().restore({ version: 0 })).toBe(false);
});

test('groups of a snapshot hold what they held, with what people said of them', () => {
  const places = new PlacesInText([]);
  const signal = (key: string): ClusterSignal => ({
    ...{
      layer: 'ticket',
      key,
      at: T0,
      title: '燃气泄漏',
      position: [105.8, 32.4],
      severity: null,
      confidence: 0.8,
    },
    ...{ reasons: ['相距 1 m'], facts: { closed: false, hurt: null, region: '', rule: '', synthetic: true } },
  });
  const fold = new ClusterFold(places);
  fold.grow('a', [signal('1'), signal('2')]);
  fold.grow('lone', [signal('3')]);
  fold.apply({ kind: 'cluster/confirm', subject: '甲', body: { id: 'a' } });
  const again = new ClusterFold(places);
  expect(again.restore(stored(fold.state(({ id }) => id !== 'lone')))).toBe(true);
  expect([...again.groups.keys()]).toEqual(['a']);
  expect(again.groups.get('a')?.listed()).toEqual(fold.groups.get('a')?.listed());
  expect(again.groupOf.get('ticket 2')?.id).toBe('a');
});

const folders: string[] = [];
const open = new Set<RecordStore>();
afterEach(async () => {
  for (const store of open) await store.close();
  open.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** → the book, and how many entries it has read */
async function bookIn(folder: string, clock: ReturnType<typeof createManualClock>) {
  const store = await openStore({ folder, city: 'testville', url: null }, { clock, log: silent });
  open.add(store);
  const log = await store.openLog('live', () => clock.now());
  const read = { count: 0 };
  const counting: RecordLog = {
    ...{ world: log.world, append: (entry) => log.append(entry), snapshot: (fold) => log.snapshot(fold) },
    keepSnapshot: (snapshot) => log.keepSnapshot(snapshot),
    fold: (fold) => log.fold(fold),
    get head() {
      return log.head;
    },
    async *read(range?: ReadRange) {
      for await (const entry of log.read(range)) {
        read.count += 1;
        yield entry;
      }
    },
  };
  const rows = { table: new LayerTable(alert), batch: new ObservationBatch(alert) };
  const book = new AlertBook({ log: counting, logger: silent, clock, rows, operators: 1 });
  await book.open();
  return { book, store, read, log };
}

test('a server that is killed begins where its last snapshot was, and gives no id twice', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fold-keeper-'));
  folders.push(folder);
  const clock = createManualClock(T0);
  const first = await bookIn(folder, clock);
  for (let id = 0; id < 520; id++) {
    const held = first.book.raise(raised(id, clock.now()));
    if (id % 2 === 0) first.book.clear(held, 'over');
  }
  first.book.tick(clock.now());
  await expect.poll(async () => (await first.log.snapshot('alerts'))?.seq).toBe(780);
  const later = first.book.raise(raised(999, clock.now()));
  first.book.tick(clock.now());
  await expect.poll(() => first.log.head.seq).toBe(781);
  const [standing, cleared] = [first.book.list(), first.book.list('cleared')];
  // No close: what the snapshot does not hold is read from the log.
  await first.store.close();
  open.delete(first.store);

  const again = await bookIn(folder, clock);
  expect(again.read.count).toBe(1);
  expect(again.book.list()).toEqual(standing);
  expect(again.book.list('cleared')).toEqual(cleared);
  expect(again.book.marks(0, Infinity)).toHaveLength(521);
  expect(standing.map(({ id }) => id)).toContain(later.id);
  const fresh = again.book.raise(raised(1000, clock.now()));
  expect([...standing, ...cleared].map(({ id }) => id)).not.toContain(fresh.id);
});
