// The look of buildings. Colour and filter are read from the property table on the GPU, so that recolouring or filtering a
// city costs a few numbers, however many buildings it has.
import {
  Cartesian3,
  Cartesian4,
  CustomShader,
  LightingModel,
  TextureMagnificationFilter,
  TextureMinificationFilter,
  TextureUniform,
  UniformType,
  VaryingType,
} from 'cesium';
import type { Rgb } from '../engine/theme.ts';
import {
  attributes,
  ramps,
  TEXELS,
  texelsOf,
  useBits,
  type Attribute,
  type BuildingFilter,
  type Ramp,
} from '../../looks/building-look.ts';

const VERTEX = /* glsl */ `
void vertexMain(VertexInput vsInput, inout czm_modelVertexOutput vsOutput) {
  float use = float(vsInput.metadata.use);
  vec4 numbers = vec4(
    float(vsInput.metadata.floors), vsInput.metadata.heightM,
    float(vsInput.metadata.residents), float(vsInput.metadata.buildYear));
  bool kept = all(greaterThanEqual(numbers, u_least)) && all(lessThanEqual(numbers, u_most))
    && mod(floor(u_uses / exp2(use)), 2.0) > 0.5;
  // What is left out becomes a point: it costs no pixel and cannot be picked.
  if (!kept) vsOutput.positionMC = vec3(0.0);

  float number = float(vsInput.metadata.number);
  v_lit = any(equal(u_chosen.xy, vec2(number))) ? 1.0 : number == u_chosen.z ? 0.5 : 0.0;

  int chosen = int(u_attribute + 0.5);
  v_colour = vec4(0.0);
  if (chosen == 1) {
    v_colour = texelFetch(u_ramp, ivec2(int(use), 0), 0);
  } else if (chosen > 1) {
    float value = numbers[chosen - 2];
    float part = clamp((value - u_range.x) / max(u_range.y - u_range.x, 1e-6), 0.0, 1.0);
    // A year of 0 is not known, and not known is no colour.
    v_colour = chosen == 5 && value < 1.0 ? vec4(0.0) : texelFetch(u_ramp, ivec2(int(part * 255.0 + 0.5), 0), 0);
  }
}
`;

const FRAGMENT = /* glsl */ `
void fragmentMain(FragmentInput fsInput, inout czm_modelMaterial material) {
  vec3 normal = normalize(mat3(czm_inverseView) * fsInput.attributes.normalEC);
  vec3 up = normalize(fsInput.attributes.positionWC);
  vec3 east = normalize(cross(vec3(0.0, 0.0, 1.0), up));
  vec3 north = cross(up, east);
  float roof = smoothstep(0.6, 0.9, dot(normal, up));
  // Walls by the north-western light of the relief, so that blocks read without windows.
  float wall = 0.72 + 0.28 * dot(normal, normalize(north - east));
  vec3 plain = mix(u_flat, mix(u_wall * wall, u_roof, roof), u_near);
  vec3 told = v_colour.rgb * mix(0.52 * wall + 0.08, 0.92, roof);
  vec3 face = mix(plain, told, v_colour.a);

  // Pixels to the nearest border of this face, and whether the face has room for a line at all.
  vec4 perPixel = fwidth(fsInput.attributes.edge);
  vec4 pixels = fsInput.attributes.edge / max(perPixel, vec4(1e-5));
  float away = min(min(pixels.x, pixels.y), min(pixels.z, pixels.w)) / u_pixel;
  float size = 1.0 / (max(max(perPixel.x, perPixel.y), max(perPixel.z, perPixel.w)) * u_pixel + 1e-5);
  float line = (1.0 - smoothstep(0.6, 1.4, away)) * smoothstep(2.0, 6.0, size);
  vec3 edge = mix(mix(u_edge, u_edgeNear, u_near), told * 0.7, v_colour.a);
  face = mix(face, edge, line * mix(1.0, roof, 0.5 * u_near));

  face = mix(face, u_light, v_lit > 0.75 ? 0.22 : 0.0);
  float width = v_lit > 0.75 ? 2.4 : 1.4;
  face = mix(face, u_light, (1.0 - smoothstep(width - 0.4, width + 0.4, away)) * step(0.25, v_lit));
  // Our colours are meant for the screen; Cesium's material is linear light.
  material.diffuse = pow(face, vec3(2.2));
  material.alpha = 1.0;
}
`;

/** Nothing has this number. */
const NOBODY = -1;

export interface BuildingLook {
  /** Plates from afar and their border. */
  readonly flat: Rgb;
  readonly edge: Rgb;
  /** Whole buildings. */
  readonly wall: Rgb;
  readonly roof: Rgb;
  readonly edgeNear: Rgb;
  /** What is chosen. */
  readonly light: Rgb;
}

export class BuildingShader {
  readonly shader: CustomShader;
  private readonly least = new Cartesian4();
  private readonly most = new Cartesian4();
  private readonly chosen = new Cartesian3(NOBODY, NOBODY, NOBODY);

  constructor(look: BuildingLook) {
    const colour = (value: Rgb): { type: UniformType; value: Cartesian3 } => ({
      type: UniformType.VEC3,
      value: new Cartesian3(...value),
    });
    this.shader = new CustomShader({
      lightingModel: LightingModel.UNLIT,
      varyings: { v_colour: VaryingType.VEC4, v_lit: VaryingType.FLOAT },
      uniforms: {
        u_attribute: { type: UniformType.FLOAT, value: 0 },
        u_range: { type: UniformType.VEC3, value: new Cartesian3(0, 1, 0) },
        u_ramp: { type: UniformType.SAMPLER_2D, value: rampTexture('use', null) },
        u_least: { type: UniformType.VEC4, value: new Cartesian4() },
        u_most: { type: UniformType.VEC4, value: new Cartesian4() },
        u_uses: { type: UniformType.FLOAT, value: 0 },
        u_chosen: { type: UniformType.VEC3, value: this.chosen },
        u_near: { type: UniformType.FLOAT, value: 0 },
        u_pixel: { type: UniformType.FLOAT, value: 1 },
        u_flat: colour(look.flat),
        u_edge: colour(look.edge),
        u_wall: colour(look.wall),
        u_roof: colour(look.roof),
        u_edgeNear: colour(look.edgeNear),
        u_light: colour(look.light),
      },
      vertexShaderText: VERTEX,
      fragmentShaderText: FRAGMENT,
    });
    this.filter(null);
  }

  /** @param near 0 plates, 1 whole buildings @param pixel pixels of the canvas a picture pixel at 1080 lines is */
  see(near: number, pixel: number): void {
    this.shader.setUniform('u_near', near);
    this.shader.setUniform('u_pixel', pixel);
  }

  /** Numbers of buildings: chosen, asked about, under the pointer; null for none. */
  light(picked: number | null, asked: number | null, hovered: number | null): void {
    const { chosen } = this;
    Cartesian3.fromElements(picked ?? NOBODY, asked ?? NOBODY, hovered ?? NOBODY, chosen);
    this.shader.setUniform('u_chosen', chosen);
  }

  /** Colours by an attribute; null for none. */
  colourBy(attribute: Attribute | null, ramp: Ramp | null): void {
    const { shader } = this;
    shader.setUniform('u_attribute', attribute ? attributes.indexOf(attribute) + 1 : 0);
    if (!attribute) return;
    if (attribute !== 'use') {
      const { from, to } = ramp ?? ramps[attribute];
      shader.setUniform('u_range', new Cartesian3(from, to, 0));
    }
    shader.setUniform('u_ramp', rampTexture(attribute, ramp));
  }

  /** Draws only buildings that fit; null for all. */
  filter(filter: BuildingFilter | null): void {
    const { shader, least, most } = this;
    const low = (name: keyof typeof ramps): number => filter?.[name]?.[0] ?? -1e9;
    const high = (name: keyof typeof ramps): number => filter?.[name]?.[1] ?? 1e9;
    Cartesian4.fromElements(low('floors'), low('heightM'), low('residents'), low('buildYear'), least);
    Cartesian4.fromElements(high('floors'), high('heightM'), high('residents'), high('buildYear'), most);
    shader.setUniform('u_least', least);
    shader.setUniform('u_most', most);
    shader.setUniform('u_uses', useBits(filter));
  }
}

const rampTexture = (attribute: Attribute, ramp: Ramp | null): TextureUniform =>
  new TextureUniform({
    typedArray: texelsOf(attribute, ramp),
    width: TEXELS,
    height: 1,
    repeat: false,
    minificationFilter: TextureMinificationFilter.NEAREST,
    magnificationFilter: TextureMagnificationFilter.NEAREST,
  });
