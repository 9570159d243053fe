// npm run scenario <slug>: plays a scenario headless against the real server and says of each expectation whether it was met.
import { parseArgs } from 'node:util';
import type { Scenario } from '../contracts/records/scenario.ts';
import { WrittenFileError } from './kit/written-file.ts';
import type { Played } from './main/play-scenario.ts';
import { playScenario, shelfOf } from './main/play-scenario.ts';
import { packageFacts } from './package-facts.ts';
import { createLogger } from './pino-log.ts';
import type { Outcome, Verdict } from './scenarios/judge.ts';
import type { ScenarioShelf } from './scenarios/scenario-shelf.ts';

const USAGE = `Usage: npm run scenario -- <slug> … [--all] [--until <time>] [--scale <n>] [--hold] [--json]

  --all    every scenario of scenes/scenarios
  --until  stop so long after the start: 12h, 90m, or hours as a number; what is due later counts as not reached
  --hold   keep the city as it stands at the end of each, to be looked at in a browser, until Ctrl+C
  --scale  vehicles, buses and ships in the background (default: as the scenario says)
  --json   one JSON document a scenario instead of text
  --help   this text

Ends with 1 where an expectation is missed, one that is pending is met by now, an inject could not be done, or a decision
was refused.
`;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const MARKS: Readonly<Record<Outcome, string>> = {
  met: '✓ met',
  missed: '✗ MISSED',
  pending: '… pending',
  unexpected: '✗ NO LONGER PENDING',
};

class UsageError extends Error {}

interface Wanted {
  readonly slugs: readonly string[];
  readonly untilS: number | undefined;
  readonly scale: number | undefined;
  readonly holds: boolean;
  readonly asJson: boolean;
}

function readArguments(shelf: ScenarioShelf): Wanted | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      until: { type: 'string' },
      scale: { type: 'string' },
      hold: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const known = shelf.slugs();
  const slugs = values.all ? known : positionals;
  const wrong = slugs.find((slug) => !known.includes(slug));
  if (wrong !== undefined) throw new UsageError(`there is no scenario "${wrong}": ${known.join(', ')}`);
  if (slugs.length === 0) throw new UsageError(`name a scenario, or --all: ${known.join(', ')}`);
  return {
    slugs,
    untilS: values.until === undefined ? undefined : secondsOf(values.until),
    scale: numberOf('scale', values.scale),
    holds: values.hold,
    asJson: values.json,
  };
}

/** "12h", "90m", "1.5": seconds. */
function secondsOf(text: string): number {
  const [, amount, unit = 'h'] = /^(\d+(?:\.\d+)?)([hm]?)$/.exec(text.trim()) ?? [];
  if (amount === undefined) throw new UsageError(`--until ${text}: a time as 12h, 90m or 1.5`);
  return Number(amount) * (unit === 'm' ? 60 : 3600);
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new UsageError(`--${name} ${text}: a number from 0 on`);
  return value;
}

/** "07-16 22:10 T+2:10": city time, and hours after T0. */
function momentOf({ startAt, startText, t0S }: Scenario, atS: number): string {
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)$/.exec(startText) ?? [];
  const eastMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const city = new Date(startAt + atS * 1000 + eastMs).toISOString().slice(5, 16).replace('T', ' ');
  const after = Math.round(atS - t0S);
  const parts = [
    Math.floor(Math.abs(after) / 3600),
    Math.floor(Math.abs(after) / 60) % 60,
    Math.abs(after) % 60,
  ];
  const [h, m, s] = parts.map((part) => String(part).padStart(2, '0'));
  return `${city} T${after < 0 ? '-' : '+'}${h}:${m}${s === '00' ? '' : `:${s}`}`;
}

function lineOf(scenario: Scenario, { expectation, outcome, atS, seen }: Verdict): string {
  const { text, pending, where } = expectation;
  const why = pending === null ? '' : ` [${pending}]`;
  const place = outcome === 'missed' || outcome === 'unexpected' ? `\n    ${where}` : '';
  return `  ${momentOf(scenario, atS)}  ${MARKS[outcome]}  ${text.en}${why}\n    saw: ${seen}${place}\n`;
}

const countOf = ({ verdicts }: Played, outcome: Outcome): number =>
  verdicts.filter((verdict) => verdict.outcome === outcome).length;

const isGood = (played: Played): boolean =>
  played.failed.length === 0 && countOf(played, 'missed') + countOf(played, 'unexpected') === 0;

function sumOf(played: Played): string {
  const { failed, playedS, tookMs, scenario, notReached } = played;
  const counts = (['met', 'missed', 'pending', 'unexpected'] as const).map(
    (one) => `${countOf(played, one)} ${one}`,
  );
  const lost = failed.map(({ at, kind, reason }) => `  ${at}  ${kind} was not done: ${reason}\n`);
  if (notReached > 0) counts.push(`${notReached} not reached`);
  const took = `${(playedS / 3600).toFixed(1)} h in ${(tookMs / 1000).toFixed(1)} s, ${speedOf(played)} times real time`;
  return `${lost.join('')}${isGood(played) ? 'ok' : 'FAILED'} ${scenario.slug}: ${counts.join(', ')}; ${took}\n`;
}

const speedOf = ({ playedS, tookMs }: Played): number => Math.round(playedS / (tookMs / 1000));

const COLUMNS = [
  'scenario',
  'hours',
  'seconds',
  'speed',
  'met',
  'missed',
  'pending',
  'no longer',
  'not reached',
];

/** One line a scenario, and one for all of them. */
function tableOf(all: readonly Played[]): string {
  const hours = (some: readonly Played[]): number =>
    some.reduce((sum, { playedS }) => sum + playedS / 3600, 0);
  const seconds = (some: readonly Played[]): number =>
    some.reduce((sum, { tookMs }) => sum + tookMs / 1000, 0);
  const lineFor = (name: string, some: readonly Played[]): string[] => {
    const counts = (['met', 'missed', 'pending', 'unexpected'] as const).map((outcome) =>
      some.reduce((sum, played) => sum + countOf(played, outcome), 0),
    );
    const speed = Math.round((hours(some) * 3600) / Math.max(0.001, seconds(some)));
    const later = some.reduce((sum, { notReached }) => sum + notReached, 0);
    return [
      name,
      hours(some).toFixed(1),
      seconds(some).toFixed(0),
      `${speed}×`,
      ...[...counts, later].map(String),
    ];
  };
  const lines = [COLUMNS, ...all.map((one) => lineFor(one.scenario.slug, [one])), lineFor('all', all)];
  const widths = COLUMNS.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  const cell = (text: string, at: number): string =>
    at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0);
  return lines.map((line) => `${line.map(cell).join('  ')}\n`).join('');
}

function jsonOf(played: Played): object {
  const { scenario, verdicts, failed, playedS, tookMs, notReached } = played;
  return {
    scenario: scenario.slug,
    ok: isGood(played),
    playedS,
    tookMs: Math.round(tookMs),
    speed: speedOf(played),
    notReached,
    failed,
    verdicts: verdicts.map(({ expectation: { text, where, pending }, outcome, atS, seen }) => ({
      at: new Date(scenario.startAt + atS * 1000).toISOString(),
      outcome,
      text,
      seen,
      pending,
      where,
    })),
  };
}

/** Says where the city can be looked at, and waits for Ctrl+C. */
async function held(url: string): Promise<void> {
  process.stderr.write(`It stands still: ${url}/wall, ${url}/desk. Ctrl+C ends it.\n`);
  await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
}

async function main(): Promise<void> {
  const shelf = await shelfOf(packageFacts().config?.city ?? 'guangyuan');
  const wanted = readArguments(shelf);
  const print = (text: string): void => void process.stdout.write(text);
  if (!wanted) return print(USAGE);
  const all: Played[] = [];
  for (const slug of wanted.slugs) {
    const scenario = shelf.read(slug);
    if (!scenario) throw new UsageError(`scenario ${slug} is gone`);
    if (!wanted.asJson) print(`${slug}: ${scenario.title.en}\n`);
    const played = await playScenario(scenario, shelf.fileOf(slug), {
      log: createLogger('error'),
      scale: wanted.scale,
      untilS: wanted.untilS,
      hold: wanted.holds ? held : undefined,
      onVerdict: (verdict) => (wanted.asJson ? undefined : print(lineOf(scenario, verdict))),
    });
    print(wanted.asJson ? `${JSON.stringify(jsonOf(played))}\n` : sumOf(played));
    all.push(played);
    if (!isGood(played)) process.exitCode = EXIT_FAILED;
  }
  if (all.length > 1 && !wanted.asJson) print(`\n${tableOf(all)}`);
}

main().catch((error: unknown) => {
  const isUsage =
    error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  const where = error instanceof WrittenFileError ? `${error.where} ` : '';
  const text =
    error instanceof Error
      ? isUsage || where !== ''
        ? error.message
        : (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${where}${text}\n`);
  process.exit(isUsage === true ? EXIT_USAGE : EXIT_FAILED);
});
