// The still of a roadside camera, drawn as SVG: road, hour, weather and traffic of the moment, a time stamp, and 演示 in
// strokes, since a picture cannot count on the fonts of whoever looks at it.
import { drift, keyOf, unit } from '../engine/random.ts';

export interface StillScene {
  id: string;
  /** yyyyMMddHHmmss, local. */
  digits: string;
  /** Hours since local midnight. */
  hour: number;
  rainMmH: number;
  visibilityM: number;
  /** 0…1 of what the road takes. */
  busy: number;
  /** Seconds on the city's clock: where the vehicles are. */
  atS: number;
}

const WIDTH = 640;
const HEIGHT = 360;
const HORIZON = 150;
const LANES = [-0.75, -0.25, 0.25, 0.75] as const;
const MOST_PER_LANE = 5;
/** Strokes of 演 and 示, each in a box of 16. */
const MARK =
  'M2 3L3.5 4.5M1.5 7L3 8.5M1.5 14L4 10M9.5 1.5L10.5 3M5.5 5.5V4H14.5V5.5M7 6.5H13.5M6.5 8.5H13.5V13H6.5ZM10 6.5V13M6.5 10.7H13.5M8.5 13.5L6.5 15.5M11.5 13.5L14 15.5' +
  'M22 3H30M20 7H32M26 7V14L24.5 13M23 9L21 12.5M29 9L31 12.5';
const PAINTS = ['#c9ced3', '#7d8790', '#3b4650', '#8b5e4a', '#4b627c', '#d9d6cb'];

/** 0 at night, 1 by day, with an hour of dawn and dusk. */
export function daylight(hour: number): number {
  return Math.max(0, Math.min(1, hour - 5.8, 19.6 - hour));
}

/** Between two greys or colours, channel by channel. */
function mix(from: readonly number[], to: readonly number[], share: number): string {
  const channels = from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * share));
  return `rgb(${channels.join(' ')})`;
}

const num = (value: number): string => value.toFixed(1);

/** A place on the road: across −1…1, away 0 (near) … 1 (horizon) → x, y and scale on the picture. */
function project(across: number, away: number): { x: number; y: number; scale: number } {
  const scale = (1 - away) ** 2;
  const half = 22 + 330 * scale;
  return { x: WIDTH / 2 + across * half, y: HORIZON + (HEIGHT - HORIZON) * scale, scale };
}

function sky(scene: StillScene): string {
  const light = daylight(scene.hour) * (1 - Math.min(0.5, scene.rainMmH / 30));
  const top = mix([9, 13, 22], [122, 154, 184], light);
  const low = mix([20, 25, 35], [198, 209, 214], light);
  return (
    `<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${low}"/></linearGradient></defs>` +
    `<path fill="url(#s)" d="M0 0H${WIDTH}V${HORIZON + 10}H0Z"/>`
  );
}

function hills({ id, hour }: StillScene): string {
  const light = daylight(hour);
  return [0, 1]
    .map((row) => {
      const points = Array.from({ length: 17 }, (_, i) => {
        const height = (52 - 20 * row) * (0.45 + 0.55 * Math.abs(drift(i / 3, keyOf(id), row)));
        return `${i * 40} ${num(HORIZON + 4 - height)}`;
      });
      const fill = mix([14, 19, 26], row === 0 ? [112, 132, 134] : [82, 104, 96], light);
      return `<path fill="${fill}" d="M0 ${HORIZON + 12}L${points.join('L')}V${HORIZON + 12}Z"/>`;
    })
    .join('');
}

function road({ hour, rainMmH }: StillScene): string {
  const light = daylight(hour);
  const ground = mix([14, 17, 18], [96, 106, 84], light);
  const asphalt = mix([24, 27, 31], rainMmH > 0.3 ? [86, 94, 102] : [112, 114, 114], light);
  const paint = mix([92, 96, 98], [224, 225, 220], light);
  const edge = (across: number): string => {
    const [near, far] = [project(across, 0), project(across, 1)];
    return `M${num(near.x)} ${num(near.y)}L${num(far.x)} ${num(far.y)}`;
  };
  const corners = [project(-1, 0), project(-1, 1), project(1, 1), project(1, 0)];
  return (
    `<path fill="${ground}" d="M0 ${HORIZON}H${WIDTH}V${HEIGHT}H0Z"/>` +
    `<path fill="${asphalt}" d="M${corners.map(({ x, y }) => `${num(x)} ${num(y)}`).join('L')}Z"/>` +
    `<path stroke="${paint}" stroke-width="2" fill="none" d="${edge(-0.97)}${edge(0.97)}${edge(-0.02)}${edge(0.02)}"/>` +
    `<path stroke="${paint}" stroke-width="2" stroke-dasharray="14 18" fill="none" d="${edge(-0.5)}${edge(0.5)}"/>`
  );
}

function vehicles(scene: StillScene): string {
  const dark = 1 - daylight(scene.hour);
  const drawn: { away: number; text: string }[] = [];
  for (const [lane, across] of LANES.entries()) {
    const comes = across < 0;
    for (let i = 0; i < MOST_PER_LANE; i++) {
      const key = keyOf(`${scene.id}/${lane}/${i}`);
      if (unit(key, Math.floor(scene.atS / 30)) > scene.busy) continue;
      const along = ((0.6 * unit(key) + i) / MOST_PER_LANE + scene.atS * 0.013) % 1;
      const away = 0.06 + 0.86 * (comes ? 1 - along : along);
      drawn.push({ away, text: vehicle({ across, away, comes, dark, key }) });
    }
  }
  return drawn
    .sort((a, b) => b.away - a.away)
    .map(({ text }) => text)
    .join('');
}

interface Seen {
  across: number;
  away: number;
  comes: boolean;
  /** 0…1. */
  dark: number;
  key: number;
}

function vehicle({ across, away, comes, dark, key }: Seen): string {
  const { x, y, scale } = project(across, away);
  const isTall = unit(key, 3) < 0.3;
  const [w, h] = [8 + 96 * scale, (8 + 96 * scale) * (isTall ? 1.15 : 0.68)];
  const paint = PAINTS[key % PAINTS.length] ?? '#888';
  const lamp = comes ? '#fff3cf' : '#e0533d';
  const light = (side: number): string =>
    `<circle cx="${num(x + side * w * 0.34)}" cy="${num(y - h * 0.26)}" r="${num(w * (comes ? 0.1 : 0.06))}" fill="${lamp}" opacity="${num(0.25 + 0.75 * dark)}"/>`;
  return (
    `<rect x="${num(x - w / 2)}" y="${num(y - h)}" width="${num(w)}" height="${num(h)}" rx="${num(w * 0.12)}" fill="${paint}"/>` +
    `<rect x="${num(x - w * 0.4)}" y="${num(y - h * 0.88)}" width="${num(w * 0.8)}" height="${num(h * 0.34)}" fill="#141b22"/>` +
    `<path d="M${num(x - w / 2)} ${num(y)}h${num(w)}" stroke="#0b0e11" stroke-width="${num(1 + 3 * scale)}"/>` +
    `<rect x="${num(x - w / 2)}" y="${num(y - h)}" width="${num(w)}" height="${num(h)}" fill="#05070a" opacity="${num(dark * 0.7)}"/>` +
    light(-1) +
    light(1)
  );
}

function air(scene: StillScene): string {
  const fog = Math.max(0, Math.min(0.85, 1 - scene.visibilityM / 4000));
  const grey = mix([40, 44, 50], [206, 210, 212], daylight(scene.hour));
  const drops = Math.min(160, Math.round(scene.rainMmH * 8));
  const streaks = Array.from({ length: drops }, (_, i) => {
    const [x, y] = [unit(i, scene.atS, 1) * WIDTH, unit(i, scene.atS, 2) * HEIGHT];
    return `M${num(x)} ${num(y)}l-4 16`;
  });
  return (
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${grey}" opacity="${fog.toFixed(2)}"/>` +
    (drops === 0 ? '' : `<path d="${streaks.join('')}" stroke="#dfe7ee" stroke-opacity=".45" fill="none"/>`)
  );
}

function stamp({ id, digits }: StillScene): string {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(digits) ?? [];
  const text =
    'font-family="monospace" font-size="17" fill="#fff" stroke="#000" stroke-width="3" paint-order="stroke"';
  return (
    `<text x="14" y="26" ${text}>${y}-${mo}-${d} ${h}:${mi}:${s}</text>` +
    `<text x="${WIDTH - 14}" y="26" text-anchor="end" ${text}>${id.replace(/[^\w-]/g, '')}</text>` +
    `<g transform="translate(14 ${HEIGHT - 42}) scale(1.9)" fill="none" stroke-linecap="round">` +
    `<path d="${MARK}" stroke="#000" stroke-width="3.4"/><path d="${MARK}" stroke="#fff" stroke-width="1.5"/></g>`
  );
}

export function stillPicture(scene: StillScene): string {
  const body = [sky, hills, road, vehicles, air, stamp].map((draw) => draw(scene)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${body}</svg>`;
}
