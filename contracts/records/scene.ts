// A scene as people write it in scenes/<slug>/scene.yaml and as screens get it: one question, and what answers it.
import { z } from 'zod';

/** Shapes of picture that a scene may differ on. */
export const aspects = ['16:9', '32:9', '4:3'] as const;
export type Aspect = (typeof aspects)[number];

/** Where panels stand on a wall, from left to right, then along the foot. `inner` slots exist on 32:9 only. */
export const slots = ['left', 'left-inner', 'right-inner', 'right', 'foot'] as const;
export type Slot = (typeof slots)[number];

const slug = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use kebab-case, for example "river-gauge"');
const words = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(120) });
const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);

const camera = z.strictObject({
  centre: z
    .union([z.string().min(1).max(60), z.tuple([longitude, latitude])])
    .describe(
      'city: all of it · core: the core of the city package · affected: the counties in crisis · the id of a place in the gazetteer · [lon, lat]',
    ),
  heightM: z
    .number()
    .min(500)
    .max(1_000_000)
    .optional()
    .describe('Distance of the eye from the centre, metres; absent: what is looked at fills the picture'),
  pitchDeg: z.number().min(-90).max(-15).default(-56).describe('Degrees below the horizon, negative'),
});

const layerChoice = z.strictObject({
  layer: slug,
  opacity: z.number().min(0.05).max(1).default(1).describe('1: as designed'),
});
const layer = z.union([slug.transform((name) => ({ layer: name, opacity: 1 })), layerChoice]);

const option = z.union([
  z.string().max(120),
  z.number(),
  z.boolean(),
  z.array(z.string().max(80)).max(20),
  words,
]);
const panelChoice = z.strictObject({
  panel: slug,
  with: z.record(z.string(), option).default({}).describe('Options of the panel: see its folder'),
});
const panel = z.union([slug.transform((name) => ({ panel: name, with: {} })), panelChoice]);
const panels = z.partialRecord(z.enum(slots), z.array(panel).max(10));

const change = {
  camera: camera.optional(),
  layers: z.array(layer).max(40).optional(),
  panels: panels.optional().describe('A slot that is named replaces that slot as a whole'),
};
const variants = z.partialRecord(z.enum(aspects), z.strictObject(change));

export const sceneSchema = z.strictObject({
  title: words,
  question: words.describe('What the scene answers at a glance'),
  key: z
    .number()
    .int()
    .min(1)
    .max(9)
    .describe('Digit that switches to the scene; also its place in the menu'),
  menu: z
    .enum(['overview', 'running', 'dispatch', 'emergency'])
    .describe('Which of the four words of the main menu it belongs to'),
  answer: z.strictObject({
    calm: words.describe('The sentence while nothing watched deviates'),
    warnings: z
      .union([z.boolean(), z.array(z.string().max(40)).max(40)])
      .default(false)
      .describe('true: every warning in force counts; a list: those whose event contains one of these words'),
    indicators: z
      .union([z.literal('all'), z.array(slug).max(40)])
      .describe('Indicators that count once they are yellow or worse'),
  }),
  camera,
  layers: z.array(layer).max(40),
  panels,
  variants: variants.default({}),
  overrides: z
    .strictObject({ crisis: z.strictObject({ ...change, variants: variants.default({}) }).optional() })
    .default({})
    .describe('By mode of the layer `mode`'),
});
/** As written. */
export type SceneFile = z.input<typeof sceneSchema>;
export type SceneBody = z.output<typeof sceneSchema>;
export type SceneChange = z.output<z.ZodObject<typeof change>>;
export type SceneCamera = z.output<typeof camera>;
export type PanelChoice = z.output<typeof panelChoice>;
export type PanelOptions = PanelChoice['with'];
export type LayerChoice = z.output<typeof layerChoice>;

/** Names that stand for a place only the screen can work out. */
export const viewNames = ['city', 'affected'] as const;

export interface Scene extends SceneBody {
  readonly slug: string;
}

/** Why a file is not in use as it stands. `where`: "scenes/x/scene.yaml:12:5". */
export interface SceneProblem {
  readonly slug: string;
  readonly where: string;
  readonly message: string;
  /** The last good state of the file is shown instead. */
  readonly keptLast: boolean;
}

/** GET /api/scenes, and each event of /api/scenes/stream. */
export interface SceneList {
  /** Raised with every change. */
  readonly revision: number;
  /** In the order of their keys. */
  readonly scenes: readonly Scene[];
  readonly problems: readonly SceneProblem[];
}
