// What the emergency services push besides calls: fire alarm panels and earthquakes.
import { nearest } from '../city/city.ts';
import { distanceM, micro, type LonLat } from '../engine/geo.ts';
import { DAY } from '../engine/local-time.ts';
import { createRandom, drift, keyOf, unit, type Random } from '../engine/random.ts';
import type { WebhookSender } from '../transport/webhook-sender.ts';
import type { Source, World } from '../world.ts';

const PANEL_FEED = 'fire-panel';
const QUAKE_FEED = 'earthquake';

const ROLL_CALL_MS = 300_000;
const PANEL_EVENT_MEAN_MS = 90_000;
const QUAKE_MEAN_MS = 9 * DAY;

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
  /** When it is normal again, on the clock of the city. */
  normalAt: number;
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
        normalAt: 0,
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
    const normalAt = this.world.clock.now() + forMs;
    p.state = state;
    p.normalAt = normalAt;
    this.sender.push(PANEL_FEED, [this.event(p)]);
    this.world.clock.at(normalAt, () => {
      // What came meanwhile lasts its own time.
      if (p.normalAt !== normalAt) return;
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
  createPanels(world, sender),
  createEarthquakes(world, sender),
];
