// What the emergency services push: 110/119/120 calls, fire alarm panels and earthquakes.
import { nearest } from '../city/city.ts';
import { distanceM, micro, type LonLat } from '../engine/geo.ts';
import { DAY } from '../engine/local-time.ts';
import { createRandom, drift, keyOf, unit } from '../engine/random.ts';
import { fill, pickScene, pickShare, readTexts } from '../texts/texts.ts';
import type { WebhookSender } from '../transport/webhook-sender.ts';
import type { Source, World } from '../world.ts';

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

function createCalls(world: World, sender: WebhookSender): Source {
  const FEED = 'emergency-call';
  const { clock, time, rhythm, seed, startAt } = world;
  const random = createRandom(seed, keyOf(FEED));
  const templates = readTexts<CallTemplate>('calls');
  const open = new Map<string, Call>();
  let serial = 0;

  const event = (call: Call): object => ({
    ...call.body,
    id: call.id,
    revision: call.revision,
    status: STEPS[call.step] ?? 'closed',
    updatedAt: time.iso(Math.floor(clock.now() / 1000) * 1000),
    synthetic: true,
  });
  const follow = (call: Call): void => {
    const minutes = random.wait(STEP_MIN[STEPS[call.step] ?? 'closed']) + 0.1;
    clock.at(clock.now() + minutes * 60_000, () => {
      call.step += 1;
      call.revision += 1;
      sender.push(FEED, [event(call)]);
      if (call.step >= STEPS.length - 1) open.delete(call.id);
      else follow(call);
    });
  };
  const ring = (
    step: number,
    wanted: { channel?: unknown; position?: LonLat; title?: unknown; level?: unknown },
  ): Call => {
    const fitting = templates.filter((t) => wanted.channel === undefined || t.channel === wanted.channel);
    const template = pickShare(random, fitting.length > 0 ? fitting : templates);
    const scene = pickScene(world, random, wanted.position);
    const acceptedAt = Math.floor(clock.now() / 1000) * 1000 - step * 240_000;
    const call: Call = {
      id: `${template.channel}-${time.date(acceptedAt).replaceAll('-', '')}-${String(++serial).padStart(5, '0')}`,
      revision: 1,
      step,
      body: {
        channel: template.channel,
        kind: template.kind,
        title: typeof wanted.title === 'string' ? wanted.title : fill(random.pick(template.titles), scene),
        level: Number(wanted.level ?? template.level),
        lon: micro(scene.position[0]),
        lat: micro(scene.position[1]),
        address: `${scene.town}${scene.place === scene.town ? '' : scene.place}附近`,
        acceptedAt: time.iso(acceptedAt),
      },
    };
    open.set(call.id, call);
    sender.push(FEED, [event(call)]);
    follow(call);
    return call;
  };
  const next = (): void => {
    ring(0, {});
    clock.at(
      clock.now() + Math.max(3_000, random.wait(CALL_MEAN_GAP_MS) / rhythm.emergency(clock.now())),
      next,
    );
  };
  return {
    feeds: [FEED],
    objects: () => ({ callsInProgress: open.size }),
    start: () => {
      for (let i = 0; i < CALLS_AT_START; i++)
        clock.at(startAt + 1_000 + i * 600, () => ring(1 + (i % 3), {}));
      clock.at(startAt + 12_000, next);
    },
    inject: (request) => {
      if (request['kind'] !== 'call') return null;
      const position = Array.isArray(request['position'])
        ? { position: request['position'] as unknown as LonLat }
        : {};
      const call = ring(0, { ...request, ...position } as Parameters<typeof ring>[1]);
      return { injected: 'call', id: call.id };
    },
  };
}

type PanelState = 'normal' | 'fault' | 'alarm' | 'offline';

interface Panel {
  id: string;
  name: string;
  key: number;
  position: LonLat;
  state: PanelState;
  revision: number;
}

function createPanels(world: World, sender: WebhookSender): Source {
  const FEED = 'fire-panel';
  const { city, clock, time, seed, startAt } = world;
  const random = createRandom(seed, keyOf(FEED));
  const panels = city.stations('fire-panels').map((row): Panel => {
    const id = row['id'] ?? '';
    const draw = unit(seed, keyOf(id), 1);
    return {
      id,
      name: row['name'] ?? id,
      key: keyOf(id),
      position: [Number(row['lon']), Number(row['lat'])],
      state: draw < 0.015 ? 'offline' : draw < 0.04 ? 'fault' : 'normal',
      revision: 0,
    };
  });
  const event = (p: Panel): object => {
    const now = clock.now();
    p.revision += 1;
    return {
      id: `fp-${p.id}`,
      revision: p.revision,
      panelId: p.id,
      name: p.name,
      lon: p.position[0],
      lat: p.position[1],
      state: p.state,
      smokeAlarms: p.state === 'alarm' ? 1 + Math.floor(3 * unit(p.key, p.revision)) : 0,
      pressureMPa:
        p.state === 'offline'
          ? null
          : Math.round((0.32 + 0.05 * drift(now / 3_600_000, p.key)) * 1000) / 1000,
      time: time.iso(Math.floor(now / 1000) * 1000),
      synthetic: true,
    };
  };
  const set = (p: Panel, state: PanelState, forMs: number): void => {
    p.state = state;
    sender.push(FEED, [event(p)]);
    clock.at(clock.now() + forMs, () => {
      p.state = 'normal';
      sender.push(FEED, [event(p)]);
    });
  };
  const next = (): void => {
    const p = random.pick(panels);
    if (p.state === 'normal') {
      const draw = random.next();
      set(p, draw < 0.3 ? 'alarm' : draw < 0.8 ? 'fault' : 'offline', 30_000 + random.wait(240_000));
    }
    clock.at(clock.now() + 5_000 + random.wait(PANEL_EVENT_MEAN_MS), next);
  };
  return {
    feeds: [FEED],
    objects: () => ({
      firePanels: panels.length,
      firePanelsNotNormal: panels.filter((p) => p.state !== 'normal').length,
    }),
    start: () => {
      if (panels.length === 0) return;
      // The roll-call answers in portions, as panels are asked one group after another.
      const groups = 6;
      for (let g = 0; g < groups; g++) {
        clock.every(startAt + 2_000 + g * 2_500, ROLL_CALL_MS, () =>
          sender.push(FEED, panels.filter((_, i) => i % groups === g).map(event)),
        );
      }
      clock.at(startAt + 25_000, next);
    },
    inject: (request) => {
      if (request['kind'] !== 'fire-alarm') return null;
      const p = panels.find((one) => one.id === request['panelId']) ?? panels[0];
      if (p === undefined) return { injected: 'fire-alarm', panelId: null };
      set(p, 'alarm', Number(request['forS'] ?? 600) * 1000);
      return { injected: 'fire-alarm', panelId: p.id };
    },
  };
}

interface Quake {
  id: string;
  originAt: number;
  position: LonLat;
  depthKm: number;
  mag: number;
}

function createEarthquakes(world: World, sender: WebhookSender): Source {
  const FEED = 'earthquake';
  const { city, clock, time, seed, startAt } = world;
  const random = createRandom(seed, keyOf(FEED));
  const [west, south, east, north] = city.bbox;
  let told = 0;
  const event = (q: Quake, revision: number, issuedAt: number): object => {
    const town = nearest(city.towns, q.position);
    const km = town === null ? 0 : Math.round(distanceM(town.position, q.position) / 1000);
    // The quick automatic solution is a little off; the formal one replaces it.
    const error = revision === 1 ? 0.2 : 0;
    return {
      id: q.id,
      revision,
      originTime: time.iso(q.originAt),
      lon: micro(q.position[0] + error * 0.2),
      lat: micro(q.position[1] - error * 0.1),
      depthKm: revision === 1 ? 10 : q.depthKm,
      mag: Math.round((q.mag + error) * 10) / 10,
      magType: q.mag < 4.5 ? 'ML' : 'Ms',
      place:
        town === null
          ? city.name
          : `${city.regionOf(q.position) === city.code ? '' : (city.counties.find((c) => c.code === town.countyCode)?.name ?? '')}${town.name}附近${km}公里`,
      status: revision === 1 ? 'auto' : revision === 2 ? 'formal' : 'corrected',
      issuedAt: time.iso(issuedAt),
      synthetic: true,
    };
  };
  const draw = (originAt: number): Quake => {
    told += 1;
    // Gutenberg–Richter with b = 1 above ML 1.5.
    const mag = Math.min(5.5, 1.5 - Math.log10(1 - random.next()));
    return {
      id: `eq-${time.digits(originAt)}`,
      originAt: Math.floor(originAt / 1000) * 1000,
      position: [
        random.between(west + (east - west) * 0.05, west + (east - west) * 0.45),
        random.between(south + (north - south) * 0.4, north),
      ],
      depthKm: 6 + random.below(14),
      mag,
    };
  };
  const shake = (q: Quake): void => {
    clock.at(clock.now() + 75_000, () => sender.push(FEED, [event(q, 1, clock.now())]));
    clock.at(clock.now() + 480_000, () => sender.push(FEED, [event(q, 2, clock.now())]));
  };
  const next = (): void => {
    shake(draw(clock.now()));
    clock.at(clock.now() + random.wait(QUAKE_MEAN_MS), next);
  };
  return {
    feeds: [FEED],
    objects: () => ({ earthquakes: told }),
    start: () => {
      for (const daysAgo of [2.3, 0.4]) {
        const q = draw(startAt - daysAgo * DAY);
        clock.at(startAt + 4_000, () => sender.push(FEED, [event(q, 2, q.originAt + 480_000)]));
      }
      clock.at(startAt + random.wait(QUAKE_MEAN_MS), next);
    },
    inject: (request) => {
      if (request['kind'] !== 'earthquake') return null;
      const q = draw(clock.now());
      if (Array.isArray(request['position'])) q.position = request['position'] as unknown as LonLat;
      q.mag = Number(request['mag'] ?? 3.2);
      q.depthKm = Number(request['depthKm'] ?? q.depthKm);
      sender.push(FEED, [event(q, 1, clock.now())]);
      clock.at(clock.now() + 300_000, () => sender.push(FEED, [event(q, 2, clock.now())]));
      return { injected: 'earthquake', id: q.id };
    },
  };
}

export const createEmergency = (world: World, sender: WebhookSender): Source[] => [
  createCalls(world, sender),
  createPanels(world, sender),
  createEarthquakes(world, sender),
];
