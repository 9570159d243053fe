// Shaders of the groups. All lengths in px of the canvas; the count is written from a strip of digits.
import { tints } from '../../looks/sign.ts';

export const GROUP_VERTEX = /* glsl */ `
in vec4 place;
in vec4 shares;
in vec4 ends;
in vec4 style;
in vec4 aside;
uniform float u_px;
uniform float u_single;
out float v_count;
out float v_radius;
out float v_side;
out vec4 v_shares;
out vec4 v_ends;
out vec4 v_style;
out vec2 v_turn;
out float v_alpha;

void main() {
  vec4 eye = eyeOf(place.xy, place.z);
  vec4 at = screenOf(eye);
  bool single = place.w < 1.5;
  if (!single && aside.y < -127.5) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
    return;
  }
  v_alpha = 1.0;
  v_count = place.w;
  v_shares = shares;
  v_ends = ends / 255.0;
  v_style = style;
  v_turn = vec2(1.0, 0.0);
  if (single) {
    float scale = mod(aside.x + 256.0, 256.0) / 16.0;
    v_radius = 0.0;
    v_side = u_single * u_px * scale * 1.5;
    // Like glyphs: behind a mountain a calm one is gone, one that matters is faint.
    v_alpha -= behindRelief(at.xy / at.w * 0.5 + 0.5, -eye.z) * (style.x > 0.5 ? 0.6 : 0.92);
    if (style.z >= 128.0) {
      float angle = style.w * 6.28318530718 / 256.0;
      vec4 tip = screenOf(eyeOf(place.xy + vec2(sin(angle), cos(angle)) * (-eye.z * 0.002), place.z));
      vec2 way = (tip.xy / tip.w - at.xy / at.w) * czm_viewport.zw;
      v_turn = length(way) > 1e-6 ? normalize(vec2(way.y, way.x)) : v_turn;
    }
  } else {
    v_radius = min(30.0, 15.0 + sqrt(place.w)) * u_px;
    v_side = (v_radius + 8.0 * u_px) * 2.0;
    at.xy += aside.yz * u_px * 2.0 / czm_viewport.zw * at.w;
  }
  gl_Position = at;
  gl_PointSize = v_side;
}
`;

export const GROUP_FRAGMENT = /* glsl */ `
in float v_count;
in float v_radius;
in float v_side;
in vec4 v_shares;
in vec4 v_ends;
in vec4 v_style;
in vec2 v_turn;
in float v_alpha;
uniform float u_px;
uniform float u_form;
uniform float u_mix;
uniform float u_quiet;
uniform vec4 u_satellites;
uniform vec2 u_grid;
uniform sampler2D u_atlas;
uniform sampler2D u_digits;
uniform vec3 u_ink;
uniform vec3 u_halo;
uniform vec3 u_tints[${tints.length}];

vec3 formAt(float form, vec2 at) {
  if (max(abs(at.x), abs(at.y)) >= 0.5) return vec3(0.0);
  vec2 cell = vec2(mod(form, u_grid.x), floor(form / u_grid.x)) / u_grid;
  return texture(u_atlas, cell + (at + 0.5) / u_grid).rgb;
}

vec4 over(vec4 top, vec4 below) {
  return top + below * (1.0 - top.a);
}

vec4 signOf(vec3 cover, vec3 tint) {
  return vec4(tint * cover.r + u_halo * cover.b * 0.9, clamp(cover.r + cover.b * 0.9, 0.0, 1.0));
}

// Coverage of the count, centred, digits so many px tall.
float countAt(vec2 at, float tall, float count) {
  float wide = tall * 0.5;
  float comma = count >= 1000.0 ? tall * 0.2 : 0.0;
  float digits = floor(log2(count + 0.5) / 3.32192809) + 1.0;
  float total = digits * wide + comma;
  float fromRight = total * 0.5 - at.x;
  float y = at.y / tall + 0.5;
  if (fromRight < 0.0 || fromRight >= total || y < 0.0 || y > 1.0) return 0.0;
  // The place in the strip jumps from digit to digit, so the level of detail cannot be left to the derivatives.
  float lod = max(0.0, log2(80.0 / tall));
  float place = fromRight / wide;
  if (comma > 0.0 && fromRight >= 3.0 * wide) {
    float beyond = fromRight - 3.0 * wide;
    if (beyond < comma) return textureLod(u_digits, vec2((10.5 + (0.5 - beyond / comma) * 0.42) / 11.0, y), lod).r;
    place = 3.0 + (beyond - comma) / wide;
  }
  float digit = mod(floor(count / pow(10.0, floor(place)) + 0.0001), 10.0);
  return textureLod(u_digits, vec2((digit + 1.0 - fract(place)) / 11.0, y), lod).r;
}

vec4 single() {
  vec2 at = gl_PointCoord - 0.5;
  vec2 turned = vec2(at.x * v_turn.x + at.y * v_turn.y, at.y * v_turn.x - at.x * v_turn.y);
  float tintByte = mod(v_style.z, 128.0);
  bool ringed = tintByte >= 64.0;
  vec3 tint = u_tints[int(mod(tintByte, 64.0) + 0.5)];
  vec4 colour = signOf(formAt(v_style.y, ringed ? turned * 1.55 : turned), tint);
  if (ringed) {
    float far = abs(length(at) - 0.36);
    float soft = fwidth(length(at));
    float ring = 1.0 - smoothstep(0.022, 0.022 + soft, far);
    colour = over(vec4(u_ink, 1.0) * ring, colour);
  }
  return colour;
}

vec4 circle() {
  vec2 at = (gl_PointCoord - 0.5) * v_side;
  float far = length(at);
  float edge = u_mix > 0.5 ? 3.4 * u_px : 1.4 * u_px;
  float disc = 1.0 - smoothstep(v_radius - 0.7, v_radius + 0.7, far);
  float ring = disc * smoothstep(v_radius - edge - 0.7, v_radius - edge + 0.7, far);
  float quiet = mix(1.0, 0.62, u_quiet);
  vec3 ink = mix(u_ink, u_tints[1], u_quiet);
  vec3 rim = mix(u_tints[1], u_tints[2], u_quiet);
  if (u_mix > 0.5) {
    float turn = fract(atan(at.x, -at.y) / 6.28318530718 + 1.0);
    float share = turn < v_ends.x ? v_shares.x : turn < v_ends.y ? v_shares.y : turn < v_ends.z ? v_shares.z : v_shares.w;
    rim = u_tints[int(share + 0.5)];
    // A gap between two shares, so that neighbours of like brightness stay apart.
    float width = 1.2 * u_px / max(far, 1.0) / 6.28318530718;
    if (v_ends.x < 0.995) {
      float gap = min(min(abs(turn - v_ends.x), abs(turn - v_ends.y)), min(abs(turn - v_ends.z), min(turn, 1.0 - turn)));
      ring *= smoothstep(width * 0.5, width, gap);
    }
  }
  float inner = v_radius - edge;
  vec4 colour = vec4(u_halo, 1.0) * disc * 0.86;
  float shadow = (1.0 - smoothstep(v_radius, v_radius + 3.0 * u_px, far)) * (1.0 - disc) * 0.5;
  colour = over(vec4(rim, 1.0) * ring * quiet, colour + vec4(u_halo, 1.0) * shadow);
  float tall = clamp(inner * 0.98, 13.0 * u_px, 19.0 * u_px);
  colour = over(vec4(ink, 1.0) * countAt(at - vec2(0.0, inner * 0.36), tall, v_count), colour);
  float icon = inner * 0.62;
  vec3 cover = formAt(u_form, (at + vec2(0.0, inner * 0.52)) / (icon * 1.5));
  colour = over(vec4(mix(u_tints[1], u_tints[2], u_quiet), 1.0) * cover.r, colour);
  float grave = v_style.x;
  if (grave > 0.5) {
    vec2 there = at - vec2(0.72, -0.72) * v_radius;
    float size = 11.0 * u_px;
    if (grave < 1.5) {
      float dot_ = length(there);
      colour = over(vec4(u_ink, 1.0) * (1.0 - smoothstep(3.0 * u_px - 0.7, 3.0 * u_px + 0.7, dot_)), colour);
    } else {
      float form = grave < 2.5 ? u_satellites.x : grave < 3.5 ? u_satellites.y : grave < 4.5 ? u_satellites.z : u_satellites.w;
      colour = over(signOf(formAt(form, there / (size * 1.5)), u_tints[int(9.5 - grave)]), colour);
    }
  }
  return colour;
}

void main() {
  vec4 colour = v_radius > 0.0 ? circle() : single() * v_alpha;
  if (colour.a < 0.004) discard;
  out_FragColor = colour;
}
`;
