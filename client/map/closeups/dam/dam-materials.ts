// Matte materials of the close-up in the colours of the theme. Ground and water fade into the page at the rim; the ground
// carries contours and, above the pool, the bank between the water and the normal level.
import {
  Color,
  DoubleSide,
  LineBasicMaterial,
  MeshLambertMaterial,
  ShaderMaterial,
  Vector3,
  type Material,
} from 'three';
import type { Rgb, Theme } from '../../engine/theme.ts';
import { REACH } from './ground-shape.ts';

export interface DamMaterials {
  readonly ground: MeshLambertMaterial;
  readonly concrete: MeshLambertMaterial;
  readonly plant: MeshLambertMaterial;
  readonly dark: MeshLambertMaterial;
  readonly steel: MeshLambertMaterial;
  readonly foam: MeshLambertMaterial;
  readonly water: ShaderMaterial;
  readonly edges: LineBasicMaterial;
  readonly mark: LineBasicMaterial;
}

/** What the shaders are told of the moment. */
export interface DamUniforms {
  /** Levels above the foundation; −1: not known. */
  readonly poolY: { value: number };
  readonly normalY: { value: number };
  /** 1: what is shown is old. */
  readonly stale: { value: number };
}

const COLOURS = {
  night: {
    ...{ concrete: '#8b9693', plant: '#a5afac', dark: '#1a2326', steel: '#93a3a8', edge: '#20292c' },
    ...{ foam: '#dfeceb', mark: '#e9eeec', deep: '#0b2a34', sky: '#3f7f90', bank: '#70756a' },
    ...{ contour: '#a9bfb9', rock: '#4a5754', groundLift: 1.7 },
  },
  light: {
    ...{ concrete: '#c3c8c3', plant: '#dcdfd9', dark: '#4a5654', steel: '#6f7c79', edge: '#8d9794' },
    ...{ foam: '#ffffff', mark: '#16201f', deep: '#5d9fac', sky: '#d3e8ea', bank: '#c9bfa8' },
    ...{ contour: '#5f7069', rock: '#b3b5aa', groundLift: 0.98 },
  },
} as const;

/** 0 in the middle, 1 at the rim. */
const FADE = /* glsl */ `
float rimOf(vec2 at) {
  vec2 reach = vec2(${REACH.side.toFixed(1)}, at.y < 0.0 ? ${REACH.up.toFixed(1)} : ${REACH.down.toFixed(1)});
  return smoothstep(0.42, 0.97, length(at / reach));
}
`;

export function damMaterials(theme: Theme, uniforms: DamUniforms, foundationM: number): DamMaterials {
  const colours = COLOURS[theme.name];
  const plain = (color: string): MeshLambertMaterial => new MeshLambertMaterial({ color, side: DoubleSide });
  const foam = plain(colours.foam);
  foam.vertexColors = true;
  foam.transparent = true;
  foam.depthWrite = false;
  return {
    ground: groundMaterial(theme, uniforms, foundationM),
    concrete: plain(colours.concrete),
    plant: plain(colours.plant),
    dark: plain(colours.dark),
    steel: plain(colours.steel),
    foam,
    water: waterMaterial(theme, uniforms),
    edges: new LineBasicMaterial({ color: colours.edge, transparent: true, opacity: 0.55 }),
    mark: new LineBasicMaterial({ color: colours.mark }),
  };
}

export const allOf = (materials: DamMaterials): Material[] => Object.values(materials) as Material[];

export const pageColour = (theme: Theme): Color => colourOf(theme.page);

const colourOf = ([r, g, b]: Rgb): Color => new Color().setRGB(r, g, b, 'srgb');

/** The height colours of the map, a little lifted: here they are the whole picture. */
function groundMaterial(theme: Theme, uniforms: DamUniforms, foundationM: number): MeshLambertMaterial {
  const { groundLift, bank, contour, rock } = COLOURS[theme.name];
  const [low, mid, high] = [theme.ramp[0], theme.ramp[2], theme.ramp[3]].map((stop) =>
    colourOf(stop?.[1] ?? theme.page).multiplyScalar(groundLift),
  );
  const material = new MeshLambertMaterial({ color: '#ffffff' });
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms, {
      low: { value: low },
      mid: { value: mid },
      high: { value: high },
      bank: { value: new Color(bank) },
      contour: { value: new Color(contour) },
      rock: { value: new Color(rock) },
      page: { value: colourOf(theme.page) },
      foundation: { value: foundationM },
    });
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nvarying vec3 vPlace;\nvarying float vUp;')
      .replace('#include <begin_vertex>', '#include <begin_vertex>\nvPlace = position;\nvUp = normal.y;');
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${GROUND_HEAD}`)
      .replace('#include <color_fragment>', `#include <color_fragment>\n${GROUND_COLOUR}`)
      .replace(
        '#include <opaque_fragment>',
        '#include <opaque_fragment>\ngl_FragColor.rgb = mix(gl_FragColor.rgb, page, rimOf(vPlace.xz));',
      );
  };
  return material;
}

const GROUND_HEAD = /* glsl */ `
varying vec3 vPlace;
varying float vUp;
uniform vec3 low, mid, high, bank, contour, rock, page;
uniform float foundation, poolY, normalY;
${FADE}
float hashAt(vec2 cell) {
  return fract(sin(dot(cell, vec2(127.1, 311.7))) * 43758.5453);
}
/** Woods and screes, 0 to 1. */
float grainAt(vec2 at) {
  vec2 cell = floor(at);
  vec2 part = fract(at);
  part = part * part * (3.0 - 2.0 * part);
  float top = mix(hashAt(cell), hashAt(cell + vec2(1.0, 0.0)), part.x);
  float foot = mix(hashAt(cell + vec2(0.0, 1.0)), hashAt(cell + vec2(1.0, 1.0)), part.x);
  return mix(top, foot, part.y);
}
/** A line of one pixel at every multiple of a height. */
float lineAt(float height, float every) {
  float part = height / every;
  float wide = max(fwidth(part), 1e-5);
  float away = abs(fract(part - 0.5) - 0.5);
  // Too close together they would be a tint.
  return (1.0 - smoothstep(0.35, 1.0, away / wide)) * (1.0 - smoothstep(0.12, 0.4, wide));
}
`;

const GROUND_COLOUR = /* glsl */ `
float grain = grainAt(vPlace.xz / 23.0) * 0.6 + grainAt(vPlace.xz / 7.0) * 0.4;
float sea = vPlace.y + foundation;
vec3 land = mix(low, mid, smoothstep(480.0, 800.0, sea));
land = mix(land, high, smoothstep(800.0, 1350.0, sea));
land = mix(rock, land, smoothstep(0.72, 0.9, vUp));
float upstream = 1.0 - step(0.0, vPlace.z);
float dry = upstream * step(poolY, vPlace.y) * step(vPlace.y, normalY) * step(0.0, poolY);
land = mix(land, bank, 0.55 * dry);
land = mix(land, contour, 0.12 * lineAt(sea, 20.0) + 0.22 * lineAt(sea, 100.0));
diffuseColor.rgb = land * (0.84 + 0.32 * grain);
`;

/** Still water: darker where one looks in, lighter where one looks along it; old values lose their colour. */
function waterMaterial(theme: Theme, uniforms: DamUniforms): ShaderMaterial {
  const { deep, sky } = COLOURS[theme.name];
  return new ShaderMaterial({
    side: DoubleSide,
    uniforms: {
      stale: uniforms.stale,
      deep: { value: new Color(deep) },
      sky: { value: new Color(sky) },
      page: { value: colourOf(theme.page) },
      sun: { value: new Vector3(-0.5, 0.75, 0.35).normalize() },
    },
    vertexShader: /* glsl */ `
      varying vec3 vPlace;
      void main() {
        vPlace = (modelMatrix * vec4(position, 1.0)).xyz;
        gl_Position = projectionMatrix * viewMatrix * vec4(vPlace, 1.0);
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vPlace;
      uniform vec3 deep, sky, page, sun;
      uniform float stale;
      ${FADE}
      vec2 slope(vec2 p) {
        vec2 s = vec2(0.0);
        s += vec2(0.8, 0.6) * cos(dot(p, vec2(0.8, 0.6)) * 0.11);
        s += vec2(-0.5, 0.87) * cos(dot(p, vec2(-0.5, 0.87)) * 0.17 + 1.3);
        s += vec2(0.95, -0.3) * cos(dot(p, vec2(0.95, -0.3)) * 0.29 + 2.1);
        return s;
      }
      void main() {
        vec3 toEye = normalize(cameraPosition - vPlace);
        float calm = 1.0 / (1.0 + length(cameraPosition - vPlace) / 500.0);
        vec2 s = slope(vPlace.xz) * 0.022 * calm;
        vec3 normal = normalize(vec3(-s.x, 1.0, -s.y));
        float along = pow(1.0 - clamp(abs(dot(normal, toEye)), 0.0, 1.0), 2.2);
        vec3 colour = mix(deep, sky, 0.12 + 0.75 * along);
        float glint = pow(max(0.0, dot(reflect(-sun, normal), toEye)), 40.0);
        colour += sky * glint * 0.25;
        float grey = dot(colour, vec3(0.2126, 0.7152, 0.0722));
        colour = mix(colour, vec3(grey) * 0.9, stale * 0.85);
        gl_FragColor = vec4(mix(colour, page, rimOf(vPlace.xz)), 1.0);
        #include <colorspace_fragment>
      }`,
  });
}
