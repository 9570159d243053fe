// Calls to 110, 119 and 120, as the call centres push them.
import { micro, type LonLat } from '../engine/geo.ts';
import { DAY, HOUR } from '../engine/local-time.ts';
import { createRandom, keyOf, type Random } from '../engine/random.ts';
import { fill, pickScene, pickShare, readTexts, type Wanted } from '../texts/texts.ts';
import type { WebhookSender } from '../transport/webhook-sender.ts';
import type { Source, World } from '../world.ts';

const FEED = 'emergency-call';
/** Some 400 calls a day, 270 of them to 110. */
const MEAN_GAP_MS = 210_000;
const CALLS_AT_START = 8;
/** A case of a rare kind of yesterday was closed after this long. */
const CLOSED_AFTER_MS = 1.5 * HOUR;
/** Numbers of rare kinds begin here, so that the numbers of the others do not depend on them. */
const RARE_SERIAL = 90_000;

const STEPS = ['ringing', 'accepted', 'dispatched', 'arrived', 'closed'] as const;
/** Mean minutes until the next step. */
const STEP_MIN: Readonly<Record<(typeof STEPS)[number], number>> = {
  ringing: 0.4,
  accepted: 1,
  dispatched: 8,
  arrived: 25,
  closed: 0,
};

interface CallTemplate {
  channel: '110' | '119' | '120';
  kind: string;
  share: number;
  level: number;
  titles: string[];
}

/** So few a day that they come by a chance of their own. */
type RareTemplate = Omit<CallTemplate, 'share'> & { perDay: number };

/** Whose chance and numbers a call is made of. */
interface Stream {
  readonly random: Random;
  serial: number;
}

export interface EmergencyCalls extends Source {
  /** How many calls to 110 the region had in [from, to), epoch ms within the last two hours. */
  policeCalls(region: string, from: number, to: number): number;
  /** Calls to 110 among all, 0–1. */
  readonly policeShare: number;
}

interface Call {
  id: string;
  revision: number;
  step: number;
  body: object;
  readonly random: Random;
}

class CallCentres implements EmergencyCalls {
  private readonly world: World;
  private readonly sender: WebhookSender;
  private readonly stream: Stream;
  private readonly rareStreams: ReadonlyMap<RareTemplate, Stream>;
  private readonly templates: CallTemplate[];
  private readonly open: Map<string, Call>;
  /** Calls to 110, oldest first. */
  private readonly accepted: { region: string; at: number }[];

  constructor(world: World, sender: WebhookSender) {
    this.world = world;
    this.sender = sender;
    this.stream = { random: createRandom(world.seed, keyOf(FEED)), serial: 0 };
    const texts = readTexts<CallTemplate | RareTemplate>('calls');
    this.templates = texts.filter((text) => 'share' in text);
    this.rareStreams = new Map(
      texts
        .filter((text) => 'perDay' in text)
        .map((text, i) => [
          text,
          { random: createRandom(world.seed, keyOf(text.kind)), serial: RARE_SERIAL + 1000 * i },
        ]),
    );
    this.open = new Map<string, Call>();
    this.accepted = [];
  }

  private readonly event = (call: Call, at = this.world.clock.now()): object => ({
    ...call.body,
    id: call.id,
    revision: call.revision,
    status: STEPS[call.step] ?? 'closed',
    updatedAt: this.world.time.iso(Math.floor(at / 1000) * 1000),
    synthetic: true,
  });

  private readonly follow = (call: Call): void => {
    const minutes = call.random.wait(STEP_MIN[STEPS[call.step] ?? 'closed']) + 0.1;
    this.world.clock.at(this.world.clock.now() + minutes * 60_000, () => {
      call.step += 1;
      call.revision += 1;
      this.sender.push(FEED, [this.event(call)]);
      if (call.step >= STEPS.length - 1) this.open.delete(call.id);
      else this.follow(call);
    });
  };

  private readonly ring = (
    step: number,
    wanted: { channel?: unknown; where?: Wanted; title?: unknown; level?: unknown },
  ): Call => {
    const template = pickShare(this.stream.random, this.fitting(wanted.channel));
    const acceptedAt = Math.floor(this.world.clock.now() / 1000) * 1000 - step * 240_000;
    return this.tell(this.compose(template, { ...wanted, step, acceptedAt, stream: this.stream }));
  };

  /** What calls are about on a channel somebody asked for: on a rare one, by how often each kind comes. */
  private readonly fitting = (channel: unknown): readonly CallTemplate[] => {
    const usual = this.templates.filter((t) => channel === undefined || t.channel === channel);
    if (usual.length > 0) return usual;
    const rare = [...this.rareStreams.keys()].filter((t) => t.channel === channel);
    return rare.length > 0 ? rare.map((t) => ({ ...t, share: t.perDay })) : this.templates;
  };

  private readonly compose = (
    template: Omit<CallTemplate, 'share'>,
    of: {
      step: number;
      acceptedAt: number;
      stream: Stream;
      where?: Wanted;
      title?: unknown;
      level?: unknown;
    },
  ): Call => {
    const { stream, acceptedAt } = of;
    const { random } = stream;
    const scene = pickScene(this.world, random, of.where);
    const serial = String(++stream.serial).padStart(5, '0');
    if (template.channel === '110') this.remember(scene.region, acceptedAt);
    return {
      id: `${template.channel}-${this.world.time.date(acceptedAt).replaceAll('-', '')}-${serial}`,
      revision: 1,
      step: of.step,
      random,
      body: {
        channel: template.channel,
        kind: template.kind,
        title: typeof of.title === 'string' ? of.title : fill(random.pick(template.titles), scene),
        level: Number(of.level ?? template.level),
        lon: micro(scene.position[0]),
        lat: micro(scene.position[1]),
        address: `${scene.town}${scene.place === scene.town ? '' : scene.place}附近`,
        acceptedAt: this.world.time.iso(acceptedAt),
      },
    };
  };

  private readonly remember = (region: string, at: number): void => {
    const oldest = this.world.clock.now() - 2 * HOUR;
    while (this.accepted.length > 0 && (this.accepted[0]?.at ?? 0) < oldest) this.accepted.shift();
    this.accepted.push({ region, at });
  };

  private readonly tell = (call: Call): Call => {
    this.open.set(call.id, call);
    this.sender.push(FEED, [this.event(call)]);
    this.follow(call);
    return call;
  };

  private readonly next = (): void => {
    this.ring(0, {});
    this.world.clock.at(
      this.world.clock.now() +
        Math.max(
          3_000,
          this.stream.random.wait(MEAN_GAP_MS) / this.world.rhythm.emergency(this.world.clock.now()),
        ),
      this.next,
    );
  };

  /** Rare kinds of the last day, told as closed, and the next one. */
  private readonly startRare = (template: RareTemplate, stream: Stream): void => {
    const { clock, startAt } = this.world;
    const meanMs = DAY / template.perDay;
    const earlier: object[] = [];
    let at = startAt - DAY + stream.random.wait(meanMs);
    for (; at < startAt; at += stream.random.wait(meanMs)) {
      const acceptedAt = Math.floor(at / 1000) * 1000;
      const call = this.compose(template, { step: STEPS.length - 1, acceptedAt, stream });
      earlier.push(this.event(call, Math.min(startAt, acceptedAt + CLOSED_AFTER_MS)));
    }
    if (earlier.length > 0) clock.at(startAt + 1_500, () => this.sender.push(FEED, earlier));
    clock.at(at, () => this.ringRare(template, stream));
  };

  private readonly ringRare = (template: RareTemplate, stream: Stream): void => {
    const { clock } = this.world;
    const acceptedAt = Math.floor(clock.now() / 1000) * 1000;
    this.tell(this.compose(template, { step: 0, acceptedAt, stream }));
    clock.at(clock.now() + stream.random.wait(DAY / template.perDay), () => this.ringRare(template, stream));
  };

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return { callsInProgress: this.open.size };
  }

  start(): void {
    for (let i = 0; i < CALLS_AT_START; i++)
      this.world.clock.at(this.world.startAt + 1_000 + i * 600, () => this.ring(1 + (i % 3), {}));
    this.world.clock.at(this.world.startAt + 12_000, this.next);
    this.sender.keepAlive(FEED);
    for (const [template, stream] of this.rareStreams) this.startRare(template, stream);
  }

  policeCalls(region: string, from: number, to: number): number {
    return this.accepted.filter((call) => call.region === region && call.at >= from && call.at < to).length;
  }

  get policeShare(): number {
    const sum = (of: readonly CallTemplate[]): number => of.reduce((total, { share }) => total + share, 0);
    return sum(this.templates.filter(({ channel }) => channel === '110')) / sum(this.templates);
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'call') return null;
    const { channel, title, level } = request;
    // A place that is given is where it rings from: rules that join signals of one place count on it.
    const where = Array.isArray(request['position'])
      ? {
          where: {
            position: request['position'] as unknown as LonLat,
            spreadM: Number(request['spreadM'] ?? 0),
          },
        }
      : {};
    const wanted = { channel, title, level, ...where };
    const call = this.ring(0, wanted);
    const count = Number(request['count'] ?? 1);
    const gapMs = (Number(request['withinS'] ?? 60) * 1000) / Math.max(1, count - 1);
    for (let i = 1; i < count; i++)
      this.world.clock.at(this.world.clock.now() + i * gapMs, () => this.ring(0, wanted));
    return { injected: 'call', id: call.id, count };
  }
}

export function createEmergencyCalls(world: World, sender: WebhookSender): EmergencyCalls {
  return new CallCentres(world, sender);
}
