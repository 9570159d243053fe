// A source gone bad: 50,000 records a second of which one in fifty is good. The server goes on as if nothing happened.
import { Child } from './children.ts';
import type { LinesCommands } from './load/lines.ts';
import { isStarved, monotonicMs, sleep } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, atMost, check, exactly, reported, result } from './result.ts';
import type { Counts, IngestCommands } from './subject/ingest-server.ts';

const OBJECTS = 50_000;
const PER_S = 50_000;
/** Twenty samples for each of the reasons a record is refused for. */
const MOST_SAMPLES = 200;
const DRAIN_MS = 30_000;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const source = Child.start<LinesCommands>(new URL('./load/lines.ts', import.meta.url));
  const server = Child.start<IngestCommands>(new URL('./subject/ingest-server.ts', import.meta.url));
  const seconds = options.long ? 60 : 10;
  try {
    const { port } = await source.call('open', { objects: OBJECTS, isBad: true });
    await server.call('open', { linesPort: port });
    await until(async () => await source.call('isRead', null));
    await source.call('send', { perS: PER_S, seconds: 4 });
    const warm = await server.call('report', null);
    await server.call('begin', null);
    const sent = await source.call('send', { perS: PER_S, seconds }, seconds * 2000 + 60_000);
    const report = await server.call('report', null);
    const expected = sent.lines + PER_S * 4;
    await until(async () => total(await server.call('counts', null)) >= expected);
    const { accepted, rejected } = await server.call('counts', null);
    const share = accepted / (accepted + rejected);
    options.say(
      `${rejected} refused, ${accepted} accepted, ${report.usage.waitedMs.toFixed(0)} ms kept off the cores`,
    );
    return result({
      name: 'bad-records',
      value: report.loop.p99Ms,
      unit: 'ms loop delay p99',
      target: atMost(50),
      valid: sent.usage.share < 0.9 && !isStarved(report.usage),
      checks: [
        check(
          'records judged and not sent, or sent and not judged',
          [accepted + rejected - expected, 'records'],
          exactly(0),
        ),
        check('good ones among them accepted', [share * 100, '%'], atLeast(2)),
        check('samples kept in quarantine', [report.quarantined, 'samples'], atMost(MOST_SAMPLES)),
        check('memory grown meanwhile', [report.rssMb - warm.rssMb, 'MB'], atMost(100)),
        reported('server CPU of one core', [report.usage.share * 100, '%']),
      ],
    });
  } finally {
    await Promise.all([source.stop(), server.stop()]);
  }
}

const total = ({ accepted, rejected, duplicates }: Counts): number => accepted + rejected + duplicates;

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = monotonicMs() + DRAIN_MS;
  while (!(await condition())) {
    if (monotonicMs() > end) throw new Error(`not all records were judged within ${DRAIN_MS / 1000} s`);
    await sleep(20);
  }
}
