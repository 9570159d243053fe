// The drawings of the forms as paths, in a square of side 2 around the origin, y down: white or grey line work that stays
// readable at 12 px. Frames that forms share are written once.
import type { Form } from '../../looks/sign.ts';

/** Filled or stroked (width in units) in the tint, or cut out of what is below. */
export type Mark =
  | { readonly fill: string }
  | { readonly line: string; readonly width: number }
  | { readonly gap: string }
  | { readonly character: string };

const fill = (path: string): Mark => ({ fill: path });
const line = (path: string, width = 0.2): Mark => ({ line: path, width });
const gap = (path: string): Mark => ({ gap: path });

/** A full circle as a path. */
const round = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
const box = (...[left, top, width, height]: readonly [number, number, number, number]): string =>
  `M${left} ${top}h${width}v${height}h${-width}Z`;
/** Upright triangle, point up, at y 0.72. */
const peak = 'M0-.82L.9.72H-.9Z';
/** A square plate with rounded corners. */
const plate =
  'M-.69-.85H.69a.16.16 0 0 1 .16.16V.69a.16.16 0 0 1-.16.16H-.69a.16.16 0 0 1-.16-.16V-.69a.16.16 0 0 1 .16-.16Z';
/** The body of a bus and a coach: nose up. */
const body = 'M0-1L.5-.5V.9H-.5V-.5Z';
/** The cab and the load of a truck: nose up. */
const lorry = 'M0-1L.42-.62L.5.95H-.5L-.42-.62Z';
const hull = 'M0-1L.4-.25V.8L.2.95H-.2L-.4.8V-.25Z';

/** White square with one character: a service. */
const team = (character: string): readonly Mark[] => [fill(plate), { character }];

/** A staff with its foot, filled by fifths, and the mark of its limit at the top. */
const staff = (fifths: number): readonly Mark[] => [
  line(box(-0.3, -0.62, 0.6, 1.5), 0.14),
  ...(fifths > 0 ? [fill(box(-0.3, 0.88 - fifths * 0.3, 0.6, fifths * 0.3))] : []),
  line('M-.75-.9H.75', 0.16),
  line('M-.62.94H.62', 0.12),
];

/** A dam section, filled by fifths, its limit drawn over it. */
function weir(fifths: number): readonly Mark[] {
  const top = 0.7 - fifths * 0.24;
  const half = (y: number): number => 0.5 + ((y + 0.6) / 1.3) * 0.45;
  const water = `M${-half(top)} ${top}H${half(top)}L.95.7H-.95Z`;
  return [
    line('M-.5-.6H.5L.95.7H-.95Z', 0.15),
    ...(fifths > 0 ? [fill(water)] : []),
    line('M-.78-.86H.78', 0.14),
  ];
}

/** Two crests of a wave at the foot, under what stands in it. */
const waves: readonly Mark[] = [0.6, 0.92].map((y) =>
  line(`M-.92 ${y}q.23-.26.46 0t.46 0t.46 0t.46 0`, 0.15),
);

const burst = Array.from({ length: 12 }, (_, i) => {
  const radius = i % 2 === 0 ? 0.95 : 0.45;
  const x = Math.sin((i * Math.PI) / 6) * radius;
  const y = -Math.cos((i * Math.PI) / 6) * radius;
  return `${i === 0 ? 'M' : 'L'}${x.toFixed(3)} ${y.toFixed(3)}`;
}).join('');

/** One blade of the trefoil, turned by so many degrees. */
function blade(degrees: number): string {
  const at = (radius: number, angle: number): string =>
    `${(Math.cos((angle * Math.PI) / 180) * radius).toFixed(3)} ${(Math.sin((angle * Math.PI) / 180) * radius).toFixed(3)}`;
  return `M${at(0.9, degrees)}A.9.9 0 0 1 ${at(0.9, degrees + 60)}L${at(0.36, degrees + 60)}A.36.36 0 0 0 ${at(0.36, degrees)}Z`;
}

export const formDrawings: Readonly<Record<Form, readonly Mark[]>> = {
  dot: [fill(round(0, 0, 0.9))],
  dart: [fill('M0-1L.55.75L0 .42L-.55.75Z')],
  bus: [fill(body), gap(box(-0.3, -0.28, 0.6, 0.22)), gap(box(-0.3, 0.14, 0.6, 0.22))],
  coach: [fill(body), gap(box(-0.3, -0.2, 0.6, 0.75))],
  truck: [fill(lorry), gap(box(-0.55, -0.34, 1.1, 0.16))],
  ambulance: [fill(lorry), gap(box(-0.09, -0.28, 0.18, 0.9)), gap(box(-0.33, 0.08, 0.66, 0.18))],
  engine: [fill(lorry), gap(box(-0.26, -0.3, 0.14, 1)), gap(box(0.12, -0.3, 0.14, 1))],
  hull: [fill(hull)],
  moored: [line(hull, 0.16)],
  gauge: staff(3),
  'gauge-0': staff(0),
  'gauge-1': staff(1),
  'gauge-2': staff(2),
  'gauge-3': staff(3),
  'gauge-4': staff(4),
  'gauge-5': staff(5),
  dam: weir(3),
  'dam-0': weir(0),
  'dam-1': weir(1),
  'dam-2': weir(2),
  'dam-3': weir(3),
  'dam-4': weir(4),
  'dam-5': weir(5),
  camera: [line('M-.9-.45H.35V.45H-.9ZM.35 0L.9-.4V.4Z', 0.18)],
  radar: [fill(round(0, 0.55, 0.2)), line('M-.55.27A.62.62 0 0 1 .55.27M-.92-.1A1.1 1.1 0 0 1 .92-.1')],
  sign: [line('M-.9-.7H.9V.2H-.9ZM0 .2V.9M-.45-.25H.45')],
  weather: [line(`${round(0, -0.35, 0.42)}M0 .1V.9M-.4.9H.4`), fill(round(0, -0.35, 0.16))],
  tunnel: [line('M-.8.75V.1A.8.8 0 0 1 .8.1V.75M-.36.75V.3A.36.36 0 0 1 .36.3V.75')],
  counter: [
    fill(`${box(-0.8, -0.05, 0.4, 0.75)}${box(-0.2, -0.65, 0.4, 1.35)}${box(0.4, -0.35, 0.4, 1.05)}`),
  ],
  air: [line('M-.9 0H.45a.34.34 0 1 0-.3-.5M-.6.42H.3a.24.24 0 1 1-.2.38M-.75-.42H-.2', 0.18)],
  wind: [line('M-.7.7L.6-.6L.05-.9M.25-.25L-.15-.48')],
  noise: [line('M-.84-.25V.25M-.42-.7V.7M0-.4V.4M.42-.9V.9M.84-.3V.3')],
  radiation: [fill(round(0, 0, 0.2)), ...[-120, 0, 120].map((turn) => fill(blade(turn)))],
  outfall: [
    fill(box(-0.9, -0.7, 1, 0.55)),
    fill(`${round(-0.1, 0.3, 0.17)}${round(0.4, 0.45, 0.17)}${round(0.85, 0.68, 0.17)}`),
  ],
  section: [line('M-.9-.45C-.4-.95.3.05.9-.45M-.9.15C-.4-.35.3.65.9.15M0-.9V.8')],
  drop: [line('M0-.95C.25-.4.68 0 .68.33A.68.66 0 0 1-.68.33C-.68 0-.25-.4 0-.95Z')],
  slope: [line(peak, 0.2), line('M-.3.3L.1.02', 0.16)],
  panel: [line(box(-0.75, -0.75, 1.5, 1.5)), fill(round(0, 0, 0.3))],
  police: team('警'),
  fire: team('消'),
  medical: team('医'),
  quake: [fill(round(0, 0, 0.22)), line(`${round(0, 0, 0.55)}${round(0, 0, 0.9)}`, 0.15)],
  post: [
    line('M-.65-.75H.65a.2.2 0 0 1 .2.2V.2a.2.2 0 0 1-.2.2H-.65a.2.2 0 0 1-.2-.2V-.55a.2.2 0 0 1 .2-.2Z'),
    fill('M-.35.4H.1L-.4.9Z'),
  ],
  ticket: [line('M-.6-.85H.6V.85H-.6ZM-.25-.35H.25M-.25.1H.25')],
  incident: [line('M-.6-.95V.98', 0.2), fill('M-.55-.9H.9L.5-.42L.9.06H-.55Z')],
  command: [line('M-.55-.92V.95', 0.2), fill('M-.45-.86H.85L.45-.42L.85.02H-.45Z')],
  task: [line(box(-0.78, -0.78, 1.56, 1.56), 0.2), line('M-.4.05L-.1.38L.45-.35', 0.22)],
  store: [line('M-.85.8V-.2L0-.8L.85-.2V.8Z', 0.18), line('M-.4.8V.15H.4V.8', 0.16)],
  shelter: [line('M-.95.8L0-.85L.95.8Z', 0.2), fill('M-.3.8L0 .15L.3.8Z')],
  team: [fill(round(0, -0.5, 0.36)), fill('M-.75.85C-.75.05.75.05.75.85Z')],
  isolated: [
    fill(round(0, 0, 0.3)),
    line(round(0, 0, 0.72), 0.16),
    line('M-.95-.95L-.6-.6M.95.95L.6.6', 0.2),
  ],
  order: [fill(box(-0.28, -0.9, 0.56, 1.8))],
  closure: [line('M-.7-.7L.7.7M.7-.7L-.7.7', 0.34)],
  works: [line('M-.85.75H.85', 0.22), fill('M0-.85L.5.6H-.5Z')],
  accident: [line(`${burst}Z`, 0.18)],
  hazard: [line(peak), line('M0-.25V.2'), fill(round(0, 0.46, 0.1))],
  queue: [
    fill(`${box(-0.85, -0.75, 1.7, 0.36)}${box(-0.85, -0.18, 1.7, 0.36)}${box(-0.85, 0.39, 1.7, 0.36)}`),
  ],
  diamond: [fill('M0-.98L.98 0L0 .98L-.98 0Z')],
  triangle: [fill('M0-.88L.95.75H-.95Z')],
  square: [fill(box(-0.78, -0.78, 1.56, 1.56))],
  circle: [fill(round(0, 0, 0.86))],
  ring: [line(round(0, 0, 0.7), 0.24)],
  'water-diamond': [fill('M0-1L.72-.3L0 .4L-.72-.3Z'), ...waves],
  'water-triangle': [fill('M0-.98L.72.3H-.72Z'), ...waves],
  'water-square': [fill(box(-0.56, -0.88, 1.12, 1.12)), ...waves],
  'water-circle': [fill(round(0, -0.32, 0.62)), ...waves],
};
