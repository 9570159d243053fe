// Kills a real server again and again while people act and sources report, and counts what it had acknowledged and does
// not know any more. For the integration test and the bench.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CrisisView, Proposal } from '../../contracts/records/crisis.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import { createSystemClock } from '../kit/clock.ts';
import { signDelivery } from '../kit/inbox.ts';
import { keptRecords } from '../store/kept-records.test-kit.ts';
import type { KeptRecords } from '../store/kept-records.test-kit.ts';

const CITY = 'testville';
const KEY = '0123456789abcdef0123456789abcdef';
/** Only ends a run that would never end: how long a start took is measured. */
const START_WITHIN_MS = 600_000;
/** People who act at once, each without a pause. */
const ACTORS = 3;
/** Between two observations of a source. */
const REPORT_MS = 20;
/** A kill comes this long after the server is ready, at most: past the second that telemetry may lose. */
const LONGEST_LIFE_MS = 1500;
/** Of so many kills one may come before anything was acknowledged, the others come after. */
const AT_ONCE = 3;
/** Degrees of longitude between what is reported in one loop and in the next. */
const STEP_DEG = 1e-4;

const clock = createSystemClock();

export interface Kill9Options {
  readonly dataDir: string;
  readonly loops: number;
  /** 0 ≤ value < 1. */
  readonly random: () => number;
  readonly say?: (line: string) => void;
}

export interface Kill9Report {
  /** Actions and observations the server said yes to. */
  readonly actions: number;
  readonly observations: number;
  /** Actions that are not in the log as they were acknowledged. */
  readonly lostActions: number;
  /** Actions that stand before an earlier one of the same person, or twice. */
  readonly misplacedActions: number;
  /** Of the log, at the end. */
  readonly faults: readonly string[];
  /** From starting the process to its ready line, milliseconds, each start after a kill; and of it computing, user and system. */
  readonly readyMs: readonly number[];
  readonly readyCpuMs: readonly number[];
  /** How old the oldest observation was that a kill lost, milliseconds, each kill; 0: none was lost. */
  readonly lostMs: readonly number[];
}

interface Action {
  readonly actor: number;
  readonly proposal: Proposal;
}

interface Seen {
  readonly id: string;
  /** On the machine's clock. */
  readonly at: number;
}

export async function kill9(options: Kill9Options): Promise<Kill9Report> {
  const actions: Action[] = [];
  const readyMs: number[] = [];
  const readyCpuMs: number[] = [];
  const lostMs: number[] = [];
  let observations = 0;
  let before: { readonly loop: number; readonly seen: readonly Seen[]; readonly killedAt: number } | null =
    null;
  // One start more than kills: the last kill is looked at too.
  for (let loop = 0; loop <= options.loops; loop += 1) {
    const server = await Server.start(options.dataDir);
    if (before) {
      readyMs.push(server.readyMs);
      readyCpuMs.push(server.readyCpuMs);
      lostMs.push(await lossOf(server, before));
    }
    if (loop === options.loops) {
      await server.kill();
      break;
    }
    const seen: Seen[] = [];
    const work = [
      ...Array.from({ length: ACTORS }, (_, actor) => server.act(actor, loop, actions)),
      server.report(loop, seen),
    ];
    // On a busy machine a server would else never have said yes to anything.
    if (loop % AT_ONCE !== 0) await server.saidYes;
    await clock.sleep(options.random() * LONGEST_LIFE_MS);
    const killedAt = await server.kill();
    await Promise.all(work);
    observations += seen.length;
    before = { loop, seen, killedAt };
    options.say?.(`killed ${loop + 1} times: ${actions.length} actions, ${observations} observations`);
  }
  const kept = await keptRecords(options.dataDir, CITY);
  return {
    actions: actions.length,
    observations,
    readyMs,
    readyCpuMs,
    lostMs,
    faults: kept.faults,
    ...compare(actions, kept),
  };
}

function compare(
  actions: readonly Action[],
  { entries }: KeptRecords,
): Pick<Kill9Report, 'lostActions' | 'misplacedActions'> {
  let [lost, misplaced] = [0, 0];
  const last = new Map<number, number>();
  const taken = new Set<number>();
  for (const { actor, proposal } of actions) {
    const { id, at, by, reason, change } = proposal;
    const entry = entries[id - 1];
    const said = entry?.body as { reason?: string; change?: object } | undefined;
    const isThere =
      entry?.seq === id &&
      entry.knownAt === at &&
      entry.subject === by &&
      entry.kind === 'crisis/propose' &&
      said?.reason === reason &&
      canonicalJson(said.change) === canonicalJson(change);
    if (!isThere) lost += 1;
    if (id <= (last.get(actor) ?? 0) || taken.has(id)) misplaced += 1;
    last.set(actor, id);
    taken.add(id);
  }
  return { lostActions: lost, misplacedActions: misplaced };
}

async function lossOf(
  server: Server,
  { loop, seen, killedAt }: { loop: number; seen: readonly Seen[]; killedAt: number },
): Promise<number> {
  const known = await server.known(loop);
  const lost = seen.filter(({ id }) => !known.has(id));
  return lost.length === 0 ? 0 : killedAt - Math.min(...lost.map(({ at }) => at));
}

const lonOf = (loop: number): number => 84.2 + (loop % 1000) * STEP_DEG;

const COMPILED = path.join(import.meta.dirname, '../../.cache/compiled');

class Server {
  readonly readyMs: number;
  readonly readyCpuMs: number;
  readonly #child: ChildProcess;
  readonly #url: string;
  /** Resolves with the first change it acknowledges. */
  readonly saidYes: Promise<void>;
  #sayYes: () => void = () => undefined;
  #isKilled = false;

  static async start(dataDir: string): Promise<Server> {
    const main = path.join(import.meta.dirname, '../main.ts');
    const ports = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
    const since = clock.elapsed();
    const child = spawn(
      process.execPath,
      [main, '--city', CITY, '--data-dir', dataDir, '--log-level', 'error', ...ports],
      // As `npm start` does: what Node has compiled before it loads sooner.
      {
        env: { COCKPIT_WEBHOOK_KEY: KEY, NODE_COMPILE_CACHE: COMPILED },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      const late = clock.after(START_WITHIN_MS, () => child.kill('SIGKILL'));
      child.stdout.on('data', (part: Buffer) => {
        output += part.toString();
        const line = output.split('\n').find((one) => one.startsWith('{"ready":true') && one.endsWith('}'));
        if (line === undefined) return;
        late.stop();
        resolve((JSON.parse(line) as { url: string }).url);
      });
      child.once('close', (code) => reject(new Error(`the server ended with ${code}: ${output}`)));
    });
    return new Server(child, url, clock.elapsed() - since);
  }

  private constructor(child: ChildProcess, url: string, readyMs: number) {
    this.#child = child;
    this.#url = url;
    this.readyMs = readyMs;
    this.readyCpuMs = cpuMsOf(child.pid ?? 0);
    this.saidYes = new Promise((resolve) => (this.#sayYes = resolve));
  }

  /** One person: proposes 战时 again and again, and remembers each answer. */
  async act(actor: number, loop: number, actions: Action[]): Promise<void> {
    const city = (await this.#ask('/api/city')) as { code: string } | null;
    for (let at = 0; !this.#isKilled; at += 1) {
      const reason = `${loop}-${actor}-${at}`;
      const change = {
        ...{ verb: 'begin', area: city?.code ?? '', name: '汛情', until: clock.now() + 1_800_000 },
        responses: [{ kind: 'flood', level: 'IV' }],
      };
      const view = (await this.#ask('/api/crisis/proposals', {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ action: `kill-nine-${reason}`, reason, change }),
      })) as CrisisView | null;
      const proposal = view?.proposals.find((one) => one.reason === reason);
      if (proposal) actions.push({ actor, proposal });
    }
  }

  /** A source that reports earthquakes, each of a place of this loop. */
  async report(loop: number, seen: Seen[]): Promise<void> {
    for (let number = 0; !this.#isKilled; number += 1) {
      const id = `${loop}-${number}`;
      const answer = await this.#ask('/inbox/earthquake', signed(id, lonOf(loop)));
      if (answer !== null) seen.push({ id, at: clock.elapsed() });
      await clock.sleep(REPORT_MS);
    }
  }

  /** The ids of a loop's observations that are shown. */
  async known(loop: number): Promise<Set<string>> {
    const lon = lonOf(loop);
    const box = [lon - 0.4 * STEP_DEG, 41, lon + 0.4 * STEP_DEG, 42]
      .map((degrees) => degrees.toFixed(6))
      .join(',');
    const page = (await this.#ask(`/api/layers/earthquake?format=json&bbox=${box}`)) as {
      rows: { values: { title: string } }[];
    } | null;
    if (!page) throw new Error('the server does not show its earthquakes');
    return new Set(page.rows.map(({ values }) => values.title));
  }

  /** → when, on the machine's clock */
  async kill(): Promise<number> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#isKilled = true;
    const at = clock.elapsed();
    this.#child.kill('SIGKILL');
    await gone;
    return at;
  }

  /** The body of a yes; null where there was no answer. @throws Error for a no */
  async #ask(address: string, post?: { headers: Record<string, string>; body: string }): Promise<unknown> {
    try {
      const answer = await fetch(`${this.#url}${address}`, post ? { method: 'POST', ...post } : {});
      const body: unknown = await answer.json();
      if (answer.ok && post) this.#sayYes();
      if (answer.ok) return body;
      throw new Refused(`${address}: ${answer.status} ${JSON.stringify(body)}`);
    } catch (error) {
      if (this.#isKilled && !(error instanceof Refused)) return null;
      throw error;
    }
  }
}

class Refused extends Error {}

/** Clock ticks of the kernel, milliseconds: 100 a second on every Linux of today. */
const TICK_MS = 10;

/** User and system time of a process, milliseconds; NaN where the system does not tell. */
function cpuMsOf(pid: number): number {
  try {
    // After the name, which may hold anything: state is field 3, user time 14, system time 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return NaN;
  }
}

function signed(id: string, lon: number): { headers: Record<string, string>; body: string } {
  const at = new Date(clock.now()).toISOString();
  const event = { id, revision: 1, originTime: at, lon, lat: 41.2, depthKm: 10, mag: 3.1, magType: 'ML' };
  const body = JSON.stringify({
    events: [{ ...event, place: id, status: 'auto', issuedAt: at, synthetic: true }],
  });
  const proof = { stamp: String(Math.floor(clock.now() / 1000)), nonce: `${id}-${clock.now()}` };
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-timestamp': proof.stamp,
      'x-nonce': proof.nonce,
      'x-signature': `hmac-sm3=${signDelivery(KEY, proof, Buffer.from(body))}`,
    },
  };
}
