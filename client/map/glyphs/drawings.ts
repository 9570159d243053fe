// The drawings themselves. Form = kind: white or grey line work that stays readable at 12 px.
import type { Pens } from './draw.ts';
import { arc, circle, disc, fill, stroke, type Context } from './pencil.ts';
import type { Form } from './rule.ts';
import { severityDrawings } from './severity-drawings.ts';

type Drawing = (c: Context, pens: Pens) => void;

/** White square with one character: a service. */
const team =
  (character: string): Drawing =>
  (c, pens) => {
    c.fillStyle = pens.tint;
    c.beginPath();
    c.roundRect(-0.85, -0.85, 1.7, 1.7, 0.16);
    c.fill();
    c.fillStyle = pens.gap;
    c.font = '650 1.3px "Noto Sans SC Variable"';
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.fillText(character, 0, 0.06);
  };

const dart: Drawing = (c) =>
  fill(c, [
    [0, -1],
    [0.55, 0.75],
    [0, 0.42],
    [-0.55, 0.75],
  ]);

export const formDrawings: Readonly<Record<Form, Drawing>> = {
  dot: (c) => disc(c, [0, 0], 0.9),
  dart,
  bus: (c, pens) => {
    fill(c, [
      [0, -1],
      [0.5, -0.5],
      [0.5, 0.9],
      [-0.5, 0.9],
      [-0.5, -0.5],
    ]);
    c.fillStyle = pens.gap;
    c.fillRect(-0.3, -0.28, 0.6, 0.22);
    c.fillRect(-0.3, 0.14, 0.6, 0.22);
  },
  coach: (c, pens) => {
    fill(c, [
      [0, -1],
      [0.5, -0.5],
      [0.5, 0.9],
      [-0.5, 0.9],
      [-0.5, -0.5],
    ]);
    c.fillStyle = pens.gap;
    c.fillRect(-0.3, -0.2, 0.6, 0.75);
  },
  truck: (c, pens) => {
    fill(c, [
      [0, -1],
      [0.42, -0.62],
      [0.5, 0.95],
      [-0.5, 0.95],
      [-0.42, -0.62],
    ]);
    c.fillStyle = pens.gap;
    c.fillRect(-0.55, -0.34, 1.1, 0.16);
  },
  hull: (c) => {
    fill(c, [
      [0, -1],
      [0.4, -0.25],
      [0.4, 0.8],
      [0.2, 0.95],
      [-0.2, 0.95],
      [-0.4, 0.8],
      [-0.4, -0.25],
    ]);
  },
  gauge: (c) => {
    c.lineWidth = 0.24;
    stroke(c, [
      [0, -0.9],
      [0, 0.9],
    ]);
    for (const y of [-0.9, 0.9]) {
      stroke(c, [
        [-0.5, y],
        [0.5, y],
      ]);
    }
    stroke(c, [
      [0, -0.3],
      [0.32, -0.3],
    ]);
    stroke(c, [
      [0, 0.3],
      [0.32, 0.3],
    ]);
  },
  dam: (c) => {
    c.lineWidth = 0.22;
    stroke(
      c,
      [
        [-0.5, -0.6],
        [0.5, -0.6],
        [0.95, 0.7],
        [-0.95, 0.7],
      ],
      true,
    );
    stroke(c, [
      [-0.62, 0.08],
      [0.62, 0.08],
    ]);
  },
  camera: (c) => {
    c.lineWidth = 0.18;
    stroke(
      c,
      [
        [-0.9, -0.45],
        [0.35, -0.45],
        [0.35, 0.45],
        [-0.9, 0.45],
      ],
      true,
    );
    stroke(
      c,
      [
        [0.35, 0],
        [0.9, -0.4],
        [0.9, 0.4],
      ],
      true,
    );
  },
  radar: (c) => {
    disc(c, [0, 0.5], 0.2);
    arc(c, [0, 0.5, 0.62], [1.15, 1.85]);
    arc(c, [0, 0.5, 1.1], [1.2, 1.8]);
  },
  sign: (c) => {
    stroke(
      c,
      [
        [-0.9, -0.7],
        [0.9, -0.7],
        [0.9, 0.2],
        [-0.9, 0.2],
      ],
      true,
    );
    stroke(c, [
      [0, 0.2],
      [0, 0.9],
    ]);
    stroke(c, [
      [-0.45, -0.25],
      [0.45, -0.25],
    ]);
  },
  weather: (c) => {
    circle(c, [0, -0.35], 0.42);
    stroke(c, [
      [0, 0.1],
      [0, 0.9],
    ]);
    stroke(c, [
      [-0.4, 0.9],
      [0.4, 0.9],
    ]);
    disc(c, [0, -0.35], 0.16);
  },
  tunnel: (c) => {
    arc(c, [0, 0.1, 0.8], [1, 2]);
    stroke(c, [
      [-0.8, 0.1],
      [-0.8, 0.75],
    ]);
    stroke(c, [
      [0.8, 0.1],
      [0.8, 0.75],
    ]);
    arc(c, [0, 0.3, 0.36], [1, 2]);
  },
  counter: (c) => {
    for (const [x, h] of [
      [-0.6, 0.5],
      [0, 0.9],
      [0.6, 0.7],
    ] as const) {
      c.fillRect(x - 0.2, 0.7 - h * 1.5, 0.4, h * 1.5);
    }
  },
  air: (c) => {
    c.lineWidth = 0.18;
    arc(c, [-0.1, -0.38, 0.34], [0.9, 2.4]);
    stroke(c, [
      [-0.9, 0],
      [0.6, 0],
    ]);
    arc(c, [0.6, -0.22, 0.22], [1.2, 2.5]);
    stroke(c, [
      [-0.6, 0.42],
      [0.3, 0.42],
    ]);
    arc(c, [0.3, 0.62, 0.2], [1.5, 2.7]);
  },
  wind: (c) => {
    stroke(c, [
      [-0.7, 0.7],
      [0.6, -0.6],
    ]);
    stroke(c, [
      [0.6, -0.6],
      [0.05, -0.9],
    ]);
    stroke(c, [
      [0.25, -0.25],
      [-0.15, -0.48],
    ]);
  },
  noise: (c) => {
    c.lineWidth = 0.2;
    const bars = [0.25, 0.7, 0.4, 0.9, 0.3];
    bars.forEach((height, index) => {
      const x = (index - 2) * 0.42;
      stroke(c, [
        [x, -height],
        [x, height],
      ]);
    });
  },
  radiation: (c) => {
    disc(c, [0, 0], 0.2);
    for (const turn of [0, 2, 4]) {
      c.beginPath();
      c.arc(0, 0, 0.9, ((turn - 2) * Math.PI) / 3, ((turn - 1) * Math.PI) / 3);
      c.arc(0, 0, 0.36, ((turn - 1) * Math.PI) / 3, ((turn - 2) * Math.PI) / 3, true);
      c.closePath();
      c.fill();
    }
  },
  outfall: (c) => {
    fill(c, [
      [-0.9, -0.7],
      [0.1, -0.7],
      [0.1, -0.15],
      [-0.9, -0.15],
    ]);
    for (const x of [-0.1, 0.4, 0.85]) disc(c, [x, 0.25 + Math.abs(x) * 0.5], 0.17);
  },
  section: (c) => {
    c.lineWidth = 0.2;
    for (const y of [-0.45, 0.15]) {
      c.beginPath();
      c.moveTo(-0.9, y);
      c.bezierCurveTo(-0.4, y - 0.5, 0.3, y + 0.5, 0.9, y);
      c.stroke();
    }
    stroke(c, [
      [0, -0.9],
      [0, 0.8],
    ]);
  },
  drop: (c) => {
    c.beginPath();
    c.moveTo(0, -0.95);
    c.bezierCurveTo(0.25, -0.4, 0.68, 0, 0.68, 0.35);
    c.arc(0, 0.3, 0.66, 0, Math.PI);
    c.bezierCurveTo(-0.68, 0, -0.25, -0.4, 0, -0.95);
    c.lineWidth = 0.2;
    c.stroke();
  },
  slope: (c) => {
    c.lineWidth = 0.22;
    stroke(
      c,
      [
        [0, -0.8],
        [0.88, 0.72],
        [-0.88, 0.72],
      ],
      true,
    );
  },
  panel: (c) => {
    c.lineWidth = 0.2;
    stroke(
      c,
      [
        [-0.75, -0.75],
        [0.75, -0.75],
        [0.75, 0.75],
        [-0.75, 0.75],
      ],
      true,
    );
    disc(c, [0, 0], 0.3);
  },
  police: team('警'),
  fire: team('消'),
  medical: team('医'),
  quake: (c) => {
    disc(c, [0, 0], 0.22);
    c.lineWidth = 0.15;
    circle(c, [0, 0], 0.55);
    circle(c, [0, 0], 0.9);
  },
  post: (c) => {
    c.lineWidth = 0.2;
    c.beginPath();
    c.roundRect(-0.85, -0.75, 1.7, 1.15, 0.2);
    c.stroke();
    fill(c, [
      [-0.35, 0.4],
      [0.1, 0.4],
      [-0.4, 0.9],
    ]);
  },
  ticket: (c) => {
    c.lineWidth = 0.2;
    stroke(
      c,
      [
        [-0.6, -0.85],
        [0.6, -0.85],
        [0.6, 0.85],
        [-0.6, 0.85],
      ],
      true,
    );
    for (const y of [-0.35, 0.1]) {
      stroke(c, [
        [-0.25, y],
        [0.25, y],
      ]);
    }
  },
  order: (c) => {
    c.fillRect(-0.28, -0.9, 0.56, 1.8);
  },
  closure: (c) => {
    c.lineWidth = 0.34;
    stroke(c, [
      [-0.7, -0.7],
      [0.7, 0.7],
    ]);
    stroke(c, [
      [0.7, -0.7],
      [-0.7, 0.7],
    ]);
  },
  works: (c) => {
    c.lineWidth = 0.22;
    stroke(c, [
      [-0.85, 0.75],
      [0.85, 0.75],
    ]);
    fill(c, [
      [0, -0.85],
      [0.5, 0.6],
      [-0.5, 0.6],
    ]);
  },
  accident: (c) => {
    const points: [number, number][] = [];
    for (let i = 0; i < 12; i++) {
      const radius = i % 2 === 0 ? 0.95 : 0.45;
      points.push([Math.sin((i * Math.PI) / 6) * radius, -Math.cos((i * Math.PI) / 6) * radius]);
    }
    c.lineWidth = 0.18;
    stroke(c, points, true);
  },
  hazard: (c) => {
    c.lineWidth = 0.2;
    stroke(
      c,
      [
        [0, -0.85],
        [0.9, 0.7],
        [-0.9, 0.7],
      ],
      true,
    );
    stroke(c, [
      [0, -0.25],
      [0, 0.2],
    ]);
    disc(c, [0, 0.46], 0.1);
  },
  ...severityDrawings,
};
