// The shader of the ground, written for a theme.
import type { Rgb, Theme } from '../engine/theme.ts';

const rgb3 = ([r, g, b]: Rgb): string => `vec3(${r.toFixed(4)}, ${g.toFixed(4)}, ${b.toFixed(4)})`;

function rampGlsl(ramp: Theme['ramp']): string {
  const [first, ...rest] = ramp;
  let last = first?.[0] ?? 0;
  const steps = rest.map(([height, colour]) => {
    const line = `  c = mix(c, ${rgb3(colour)}, smoothstep(${last.toFixed(1)}, ${height.toFixed(1)}, h));`;
    last = height;
    return line;
  });
  return `vec3 rampOf(float h) {\n  vec3 c = ${rgb3(first?.[1] ?? [0, 0, 0])};\n${steps.join('\n')}\n  return c;\n}`;
}

const DECLARATIONS = /* glsl */ `
uniform sampler2D u_mask;
uniform sampler2D u_affected;
uniform float u_dim;
uniform sampler2D u_rain;
uniform mat4 u_eyeToPlane;
uniform vec4 u_planeBox;
uniform vec4 u_rainBox;
uniform float u_exaggeration;
uniform float u_contours;
uniform float u_rainShown;
uniform float u_opacity;
uniform vec2 u_haze;
uniform float u_outside;
uniform vec4 u_sun;

float lightOf(vec3 normal, float azimuthDeg, float altitudeDeg) {
  float a = radians(azimuthDeg);
  float e = radians(altitudeDeg);
  return max(dot(normal, vec3(sin(a) * cos(e), cos(a) * cos(e), sin(e))), 0.0);
}

float contour(float height, float interval, float width) {
  float at = height / interval;
  float far = abs(fract(at - 0.5) - 0.5) / max(fwidth(at), 1e-6);
  return 1.0 - smoothstep(width * 0.5, width * 0.5 + 1.0, far);
}

`;

/** By day the real sun lights the paper, never flatter than is legible; at night the usual lights do, a little darker. */
const SUNLIGHT = /* glsl */ `
  float survey = 0.62 + 0.38 * clamp(shade / flatLight, 0.0, 1.35);
  float sunlit = max(dot(lit, u_sun.xyz), 0.0) / max(u_sun.z, 0.25);
  float day = 0.60 + 0.40 * clamp(sunlit, 0.0, 1.35);
  float bright = mix(survey, day, u_sun.w);`;

const materialOf = (theme: Theme, isNight: boolean): string => /* glsl */ `
czm_material czm_getMaterial(czm_materialInput materialInput) {
  czm_material material = czm_getDefaultMaterial(materialInput);
  vec3 eye = -materialInput.positionToEyeEC;
  vec2 plane = (u_eyeToPlane * vec4(eye, 1.0)).xy;
  float height = materialInput.height / u_exaggeration;
  vec3 normal = normalize(mat3(u_eyeToPlane) * materialInput.normalEC);

  // Flat hills are lit as if they were steeper, so that the south of the city is no blank.
  float steep = mix(6.7, 2.2, smoothstep(450.0, 1500.0, height));
  vec3 lit = normalize(vec3(normal.xy * steep, normal.z));
  float flatLight = 0.68 * sin(radians(29.0)) + 0.12 * sin(radians(40.0)) + 0.20 * sin(radians(40.0));
  float shade = 0.68 * lightOf(lit, 315.0, 29.0) + 0.12 * lightOf(lit, 180.0, 40.0) + 0.20 * lightOf(lit, 90.0, 40.0);
  ${isNight ? 'float bright = 0.20 + 1.45 * shade / (flatLight + 0.30);' : SUNLIGHT}
  vec3 colour = rampOf(height) * clamp(bright, 0.0, 2.1);

  float fine = contour(height, 100.0, 0.6) * 0.22 + contour(height, 500.0, 1.0) * 0.26;
  colour = mix(colour, ${isNight ? 'vec3(0.40, 0.52, 0.54)' : 'vec3(0.49, 0.53, 0.52)'}, clamp(fine, 0.0, 0.4) * u_contours);

  vec2 st = (plane - u_planeBox.xy) / u_planeBox.zw;
  vec2 mask = texture(u_mask, clamp(st, 0.0, 1.0)).rg;
  float outside = step(0.5, max(max(-st.x, st.x - 1.0), max(-st.y, st.y - 1.0)) + 0.5);
  float inside = mask.r * (1.0 - outside);
  float near = mask.g * (1.0 - outside);
  float grey = dot(colour, vec3(0.299, 0.587, 0.114));
  ${
    isNight
      ? `vec3 dimmed = mix(vec3(grey), colour, 0.35) * u_outside;
  dimmed = mix(${rgb3(theme.page)}, dimmed, clamp(near * 1.5, 0.0, 1.0));
  // The land stands out of its surroundings: a soft shadow just outside the line.
  dimmed *= 1.0 - 0.45 * smoothstep(0.30, 0.5, near);`
      : `vec3 dimmed = mix(mix(vec3(grey), colour, 0.35), ${rgb3(theme.page)}, 0.55);
  dimmed = mix(${rgb3(theme.page)}, dimmed, clamp(near * 1.6, 0.0, 1.0));`
  }
  colour = mix(dimmed, colour, inside);
  float affected = texture(u_affected, clamp(st, 0.0, 1.0)).r * (1.0 - outside);
  colour *= 1.0 - u_dim * (1.0 - affected);

  vec2 rainSt = (plane - u_rainBox.xy) / u_rainBox.zw;
  vec4 rain = texture(u_rain, clamp(rainSt, 0.0, 1.0));
  float covered = step(0.0, rainSt.x) * step(rainSt.x, 1.0) * step(0.0, rainSt.y) * step(rainSt.y, 1.0);
  colour = mix(colour, rain.rgb, rain.a * covered * u_rainShown);

  float far = length(eye);
  float haze = 0.85 * smoothstep(u_haze.x, u_haze.y, far);
  colour = mix(colour, ${rgb3(theme.page)}, haze);

  material.diffuse = colour;
  material.alpha = u_opacity;
  return material;
}
`;

export const groundSource = (theme: Theme): string =>
  [DECLARATIONS, rampGlsl(theme.ramp), materialOf(theme, theme.name === 'night')].join('\n');
