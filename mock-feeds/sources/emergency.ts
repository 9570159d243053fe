// What the emergency services push: 110/119/120 calls, fire alarm panels and earthquakes.
import { nearest } from '../city/city.ts';
import { distanceM, micro, type LonLat } from '../engine/geo.ts';
import { DAY } from '../engine/local-time.ts';
import { createRandom, drift, keyOf, unit, type Random } from '../engine/random.ts';
import { fill, pickScene, pickShare, readTexts, type Wanted } from '../texts/texts.ts';
import type { WebhookSender } from '../transport/webhook-sender.ts';
import type { Source, World } from '../world.ts';

const CALL_FEED = 'emergency-call';
const PANEL_FEED = 'fire-panel';
const QUAKE_FEED = 'earthquake';

const CALL_MEAN_GAP_MS = 60_000;
const CALLS_AT_START = 15;
const ROLL_CALL_MS = 300_000;
const PANEL_EVENT_MEAN_MS = 90_000;
const QUAKE_MEAN_MS = 9 * DAY;

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

interface Call {
  id: string;
  revision: number;
  step: number;
  body: object;
}

class EmergencyCalls implements Source {
  private readonly world: World;
  private readonly sender: WebhookSender;
  private readonly random: Random;
  private readonly templates: CallTemplate[];
  private readonly open: Map<string, Call>;
  private serial: number;

  constructor(world: World, sender: WebhookSender) {
    this.world = world;
    this.sender = sender;
    this.random = createRandom(this.world.seed, keyOf(CALL_FEED));
    this.templates = readTexts<CallTemplate>('calls');
    this.open = new Map<string, Call>();
    this.serial = 0;
  }

  private readonly event = (call: Call): object => ({
    ...call.body,
    id: call.id,
    revision: call.revision,
    status: STEPS[call.step] ?? 'closed',
    updatedAt: this.world.time.iso(Math.floor(this.world.clock.now() / 1000) * 1000),
    synthetic: true,
  });

  private readonly follow = (call: Call): void => {
    const minutes = this.random.wait(STEP_MIN[STEPS[call.step] ?? 'closed']) + 0.1;
    this.world.clock.at(this.world.clock.now() + minutes * 60_000, () => {
      call.step += 1;
      call.revision += 1;
      this.sender.push(CALL_FEED, [this.event(call)]);
      if (call.step >= STEPS.length - 1) this.open.delete(call.id);
      else this.follow(call);
    });
  };

  private readonly ring = (
    step: number,
    wanted: { channel?: unknown; where?: Wanted; title?: unknown; level?: unknown },
  ): Call => {
    const fitting = this.templates.filter(
      (t) => wanted.channel === undefined || t.channel === wanted.channel,
    );
    const template = pickShare(this.random, fitting.length > 0 ? fitting : this.templates);
    const scene = pickScene(this.world, this.random, wanted.where);
    const acceptedAt = Math.floor(this.world.clock.now() / 1000) * 1000 - step * 240_000;
    const call: Call = {
      id: `${template.channel}-${this.world.time.date(acceptedAt).replaceAll('-', '')}-${String(++this.serial).padStart(5, '0')}`,
      revision: 1,
      step,
      body: {
        channel: template.channel,
        kind: template.kind,
        title:
          typeof wanted.title === 'string' ? wanted.title : fill(this.random.pick(template.titles), scene),
        level: Number(wanted.level ?? template.level),
        lon: micro(scene.position[0]),
        lat: micro(scene.position[1]),
        address: `${scene.town}${scene.place === scene.town ? '' : scene.place}附近`,
        acceptedAt: this.world.time.iso(acceptedAt),
      },
    };
    this.open.set(call.id, call);
    this.sender.push(CALL_FEED, [this.event(call)]);
    this.follow(call);
    return call;
  };

  private readonly next = (): void => {
    this.ring(0, {});
    this.world.clock.at(
      this.world.clock.now() +
        Math.max(
          3_000,
          this.random.wait(CALL_MEAN_GAP_MS) / this.world.rhythm.emergency(this.world.clock.now()),
        ),
      this.next,
    );
  };

  readonly feeds = [CALL_FEED];

  objects(): Readonly<Record<string, number>> {
    return { callsInProgress: this.open.size };
  }

  start(): void {
    for (let i = 0; i < CALLS_AT_START; i++)
      this.world.clock.at(this.world.startAt + 1_000 + i * 600, () => this.ring(1 + (i % 3), {}));
    this.world.clock.at(this.world.startAt + 12_000, this.next);
    this.sender.keepAlive(CALL_FEED);
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

function createCalls(world: World, sender: WebhookSender): Source {
  return new EmergencyCalls(world, sender);
}

type PanelState = 'normal' | 'fault' | 'alarm' | 'offline';

interface Panel {
  id: string;
  name: string;
  key: number;
  position: LonLat;
  state: PanelState;
  revision: number;
  /** Detectors an operator wants in alarm; null: by chance. */
  wantedAlarms: number | null;
}

class FirePanels implements Source {
  private readonly world: World;
  private readonly sender: WebhookSender;
  private readonly random: Random;
  private readonly panels: Panel[];

  constructor(world: World, sender: WebhookSender) {
    this.world = world;
    this.sender = sender;
    this.random = createRandom(this.world.seed, keyOf(PANEL_FEED));
    this.panels = this.world.city.stations('fire-panels').map((row): Panel => {
      const id = row['id'] ?? '';
      const draw = unit(this.world.seed, keyOf(id), 1);
      return {
        id,
        name: row['name'] ?? id,
        key: keyOf(id),
        position: [Number(row['lon']), Number(row['lat'])],
        state: draw < 0.015 ? 'offline' : draw < 0.04 ? 'fault' : 'normal',
        revision: 0,
        wantedAlarms: null,
      };
    });
  }

  private readonly event = (p: Panel): object => {
    const now = this.world.clock.now();
    p.revision += 1;
    return {
      id: `fp-${p.id}`,
      revision: p.revision,
      panelId: p.id,
      name: p.name,
      lon: p.position[0],
      lat: p.position[1],
      state: p.state,
      smokeAlarms: p.state === 'alarm' ? (p.wantedAlarms ?? 1 + Math.floor(3 * unit(p.key, p.revision))) : 0,
      pressureMPa:
        p.state === 'offline'
          ? null
          : Math.round((0.32 + 0.05 * drift(now / 3_600_000, p.key)) * 1000) / 1000,
      time: this.world.time.iso(Math.floor(now / 1000) * 1000),
      synthetic: true,
    };
  };

  private readonly set = (p: Panel, state: PanelState, forMs: number): void => {
    p.state = state;
    this.sender.push(PANEL_FEED, [this.event(p)]);
    this.world.clock.at(this.world.clock.now() + forMs, () => {
      p.state = 'normal';
      p.wantedAlarms = null;
      this.sender.push(PANEL_FEED, [this.event(p)]);
    });
  };

  private readonly next = (): void => {
    const p = this.random.pick(this.panels);
    if (p.state === 'normal') {
      const draw = this.random.next();
      this.set(
        p,
        draw < 0.3 ? 'alarm' : draw < 0.8 ? 'fault' : 'offline',
        30_000 + this.random.wait(240_000),
      );
    }
    this.world.clock.at(this.world.clock.now() + 5_000 + this.random.wait(PANEL_EVENT_MEAN_MS), this.next);
  };

  readonly feeds = [PANEL_FEED];

  objects(): Readonly<Record<string, number>> {
    return {
      firePanels: this.panels.length,
      firePanelsNotNormal: this.panels.filter((p) => p.state !== 'normal').length,
    };
  }

  start(): void {
    if (this.panels.length === 0) return;
    // The roll-call answers in portions, as panels are asked one group after another.
    const groups = 6;
    for (let g = 0; g < groups; g++) {
      this.world.clock.every(this.world.startAt + 2_000 + g * 2_500, ROLL_CALL_MS, () =>
        this.sender.push(PANEL_FEED, this.panels.filter((_, i) => i % groups === g).map(this.event)),
      );
    }
    this.world.clock.at(this.world.startAt + 25_000, this.next);
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'fire-alarm') return null;
    const p = this.panels.find((one) => one.id === request['panelId']) ?? this.panels[0];
    if (p === undefined) return { injected: 'fire-alarm', panelId: null };
    p.wantedAlarms = request['smokeAlarms'] === undefined ? null : Number(request['smokeAlarms']);
    this.set(p, 'alarm', Number(request['forS'] ?? 600) * 1000);
    return { injected: 'fire-alarm', panelId: p.id };
  }
}

function createPanels(world: World, sender: WebhookSender): Source {
  return new FirePanels(world, sender);
}

interface Quake {
  id: string;
  originAt: number;
  position: LonLat;
  depthKm: number;
  mag: number;
  /** What the automatic solution says; null: a little off. */
  autoMag: number | null;
}

class Earthquakes implements Source {
  private readonly world: World;
  private readonly sender: WebhookSender;
  private readonly random: Random;
  private told: number;

  constructor(world: World, sender: WebhookSender) {
    this.world = world;
    this.sender = sender;
    this.random = createRandom(this.world.seed, keyOf(QUAKE_FEED));
    this.told = 0;
  }

  private readonly event = (q: Quake, revision: number, issuedAt: number): object => {
    const town = nearest(this.world.city.towns, q.position);
    const km = town === null ? 0 : Math.round(distanceM(town.position, q.position) / 1000);
    // The quick automatic solution is a little off; the formal one replaces it.
    const error = revision === 1 ? 0.2 : 0;
    return {
      id: q.id,
      revision,
      originTime: this.world.time.iso(q.originAt),
      lon: micro(q.position[0] + error * 0.2),
      lat: micro(q.position[1] - error * 0.1),
      depthKm: revision === 1 ? 10 : q.depthKm,
      mag: revision === 1 && q.autoMag !== null ? q.autoMag : Math.round((q.mag + error) * 10) / 10,
      magType: q.mag < 4.5 ? 'ML' : 'Ms',
      place:
        town === null
          ? this.world.city.name
          : `${this.world.city.regionOf(q.position) === this.world.city.code ? '' : (this.world.city.counties.find((c) => c.code === town.countyCode)?.name ?? '')}${town.name}附近${km}公里`,
      status: revision === 1 ? 'auto' : revision === 2 ? 'formal' : 'corrected',
      issuedAt: this.world.time.iso(issuedAt),
      synthetic: true,
    };
  };

  private readonly draw = (originAt: number): Quake => {
    this.told += 1;
    const [west, south, east, north] = this.world.city.bbox;
    // Gutenberg–Richter with b = 1 above ML 1.5.
    const mag = Math.min(5.5, 1.5 - Math.log10(1 - this.random.next()));
    return {
      id: `eq-${this.world.time.digits(originAt)}`,
      originAt: Math.floor(originAt / 1000) * 1000,
      position: [
        this.random.between(west + (east - west) * 0.05, west + (east - west) * 0.45),
        this.random.between(south + (north - south) * 0.4, north),
      ],
      depthKm: 6 + this.random.below(14),
      mag,
      autoMag: null,
    };
  };

  private readonly shake = (q: Quake): void => {
    this.world.clock.at(this.world.clock.now() + 75_000, () =>
      this.sender.push(QUAKE_FEED, [this.event(q, 1, this.world.clock.now())]),
    );
    this.world.clock.at(this.world.clock.now() + 480_000, () =>
      this.sender.push(QUAKE_FEED, [this.event(q, 2, this.world.clock.now())]),
    );
  };

  private readonly next = (): void => {
    if (this.world.quiet.has('earthquakes')) return;
    this.shake(this.draw(this.world.clock.now()));
    this.world.clock.at(this.world.clock.now() + this.random.wait(QUAKE_MEAN_MS), this.next);
  };

  readonly feeds = [QUAKE_FEED];

  objects(): Readonly<Record<string, number>> {
    return { earthquakes: this.told };
  }

  start(): void {
    this.sender.keepAlive(QUAKE_FEED);
    if (this.world.quiet.has('earthquakes')) return;
    for (const daysAgo of [2.3, 0.4]) {
      const q = this.draw(this.world.startAt - daysAgo * DAY);
      this.world.clock.at(this.world.startAt + 4_000, () =>
        this.sender.push(QUAKE_FEED, [this.event(q, 2, q.originAt + 480_000)]),
      );
    }
    this.world.clock.at(this.world.startAt + this.random.wait(QUAKE_MEAN_MS), this.next);
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'earthquake') return null;
    const q = this.draw(this.world.clock.now());
    if (Array.isArray(request['position'])) q.position = request['position'] as unknown as LonLat;
    q.mag = Number(request['mag'] ?? 3.2);
    q.depthKm = Number(request['depthKm'] ?? q.depthKm);
    q.autoMag = request['autoMag'] === undefined ? null : Number(request['autoMag']);
    const tell = (revision: number, afterS: number): void => {
      this.world.clock.at(this.world.clock.now() + afterS * 1000, () =>
        this.sender.push(QUAKE_FEED, [this.event(q, revision, this.world.clock.now())]),
      );
    };
    tell(1, Number(request['autoAfterS'] ?? 0));
    tell(2, Number(request['formalAfterS'] ?? 300));
    return { injected: 'earthquake', id: q.id };
  }
}

function createEarthquakes(world: World, sender: WebhookSender): Source {
  return new Earthquakes(world, sender);
}

export const createEmergency = (world: World, sender: WebhookSender): Source[] => [
  createCalls(world, sender),
  createPanels(world, sender),
  createEarthquakes(world, sender),
];
