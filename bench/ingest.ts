// Observations per second through a whole server: JSON lines → checks → merge → table and batch → tick → journal.
import { Child } from './children.ts';
import type { LinesCommands, Sent } from './load/lines.ts';
import type { LoopDelay, Usage } from './measure.ts';
import { isStarved, monotonicMs, sleep } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, atMost, check, exactly, result } from './result.ts';
import type { Counts, IngestCommands } from './subject/ingest-server.ts';

const OBJECTS = 50_000;
const [USUAL_PER_S, HIGH_PER_S] = [50_000, 150_000];
/** What is under way when the last line is sent may take this long to arrive. */
const DRAIN_MS = 1000;
/** What came too late still has to be taken before the next phase, so that no phase counts another's. */
const SETTLE_MS = 30_000;

interface Phase {
  readonly sent: Sent;
  readonly usage: Usage;
  readonly loop: LoopDelay;
  readonly accepted: number;
  /** Sent and not accepted, or refused. */
  readonly lost: number;
}

interface Rig {
  readonly source: Child<LinesCommands>;
  readonly server: Child<IngestCommands>;
}

async function phase({ source, server }: Rig, perS: number, seconds: number): Promise<Phase> {
  const before = await server.call('counts', null);
  await server.call('begin', null);
  const sent = await source.call('send', { perS, seconds }, seconds * 2000 + 60_000);
  const report = await server.call('report', null);
  const expected = total(before) + sent.lines;
  const after = await drained(server, expected, DRAIN_MS);
  await drained(server, expected, SETTLE_MS);
  const accepted = after.accepted - before.accepted;
  return { sent, usage: report.usage, loop: report.loop, accepted, lost: sent.lines - accepted };
}

const total = ({ accepted, rejected, duplicates }: Counts): number => accepted + rejected + duplicates;

async function drained(server: Rig['server'], expected: number, withinMs: number): Promise<Counts> {
  const until = monotonicMs() + withinMs;
  for (;;) {
    const counts = await server.call('counts', null);
    if (total(counts) >= expected || monotonicMs() > until) return counts;
    await sleep(20);
  }
}

async function connected({ source }: Rig): Promise<void> {
  const until = monotonicMs() + 10_000;
  while (!(await source.call('isRead', null))) {
    if (monotonicMs() > until) throw new Error('the feed did not connect to its source within 10 s');
    await sleep(20);
  }
}

function described({ sent, usage, loop, accepted, lost }: Phase): string {
  return (
    `${Math.round(sent.lines / sent.seconds)} obs/s for ${sent.seconds.toFixed(1)} s: ${(usage.share * 100).toFixed(1)} % of a core, ` +
    `loop p99 ${loop.p99Ms.toFixed(1)} ms, max ${loop.maxMs.toFixed(0)} ms, ${accepted} accepted, ${lost} lost, ` +
    `source ${(sent.usage.share * 100).toFixed(0)} % of a core, ${sent.waitingBytes} B behind, ${usage.waitedMs.toFixed(0)} ms kept off the cores`
  );
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const rig: Rig = {
    source: Child.start<LinesCommands>(new URL('./load/lines.ts', import.meta.url)),
    server: Child.start<IngestCommands>(new URL('./subject/ingest-server.ts', import.meta.url)),
  };
  try {
    const { port } = await rig.source.call('open', { objects: OBJECTS });
    await rig.server.call('open', { linesPort: port });
    await connected(rig);
    await phase(rig, USUAL_PER_S, 4);
    const usual = await phase(rig, USUAL_PER_S, options.long ? 60 : 10);
    options.say(described(usual));
    const high = await phase(rig, HIGH_PER_S, options.long ? 60 : 10);
    options.say(described(high));
    const { accepted } = await rig.server.call('counts', null);
    const { stored } = await rig.server.call('close', null, 120_000);
    return result({
      name: 'ingest',
      value: usual.usage.share * 100,
      unit: '% of a core at 50,000 obs/s',
      target: atMost(25),
      valid: [usual, high].every((of) => of.sent.usage.share < 0.9 && !isStarved(of.usage)),
      checks: [
        check('loop delay p99 at 50,000 obs/s', [usual.loop.p99Ms, 'ms'], atMost(20)),
        check('lost at 50,000 obs/s', [usual.lost, 'observations'], exactly(0)),
        check('rate taken', [high.accepted / high.sent.seconds, 'obs/s'], atLeast(HIGH_PER_S * 0.99)),
        check('lost at 150,000 obs/s', [high.lost, 'observations'], exactly(0)),
        check('loop delay p99 at 150,000 obs/s', [high.loop.p99Ms, 'ms'], atMost(50)),
        check('accepted and not in the journal', [accepted - stored, 'observations'], exactly(0)),
      ],
    });
  } finally {
    await Promise.all([rig.source.stop(), rig.server.stop()]);
  }
}
