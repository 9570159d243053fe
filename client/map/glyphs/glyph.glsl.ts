// Shaders of the glyphs. The atlas holds coverage: red the tinted part, blue the halo.
import { tints } from '../../looks/sign.ts';

export const GLYPH_VERTEX = /* glsl */ `
in vec4 leg;
in vec4 times;
in vec4 style;
uniform float u_legNow;
uniform float u_reportNow;
uniform float u_size;
uniform float u_dots;
uniform float u_hidden;
uniform vec2 u_ages;
uniform vec2 u_grid;
uniform vec3 u_tints[${tints.length}];
out vec2 v_cell;
out vec2 v_turn;
out vec3 v_tint;
out float v_stale;
out float v_alpha;
out float v_ring;

const float LEG_WRAP_S = 65536.0;
const float REPORT_WRAP_S = 1048576.0;

void main() {
  // Tints 4 to 7 are those of severity.
  bool calm = abs(mod(style.y, 64.0) - 5.5) > 2.0 && mod(style.y, 128.0) < 64.0;
  if (style.x > 254.0 || (u_hidden > 0.5 && calm)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
    return;
  }
  float since = mod(u_legNow - times.x + 16.0, LEG_WRAP_S) - 16.0;
  float part = times.y > 0.0 ? clamp(since / times.y, 0.0, 1.0) : 1.0;
  vec4 eye = eyeOf(mix(leg.xy, leg.zw, part), times.z);
  gl_Position = screenOf(eye);

  float flags = style.y;
  float turned = step(128.0, flags);
  flags -= turned * 128.0;
  v_ring = step(64.0, flags);
  flags -= v_ring * 64.0;
  v_tint = u_tints[int(flags + 0.5)];

  float form = style.x;
  bool plain = u_dots > 0.5 && calm;
  v_turn = vec2(1.0, 0.0);
  if (plain) {
    form = 0.0;
  } else if (turned > 0.5) {
    float angle = style.z * 6.28318530718 / 256.0;
    vec2 ahead = mix(leg.xy, leg.zw, part) + vec2(sin(angle), cos(angle)) * (-eye.z * 0.002);
    vec4 tip = screenOf(eyeOf(ahead, times.z));
    vec2 way = (tip.xy / tip.w - gl_Position.xy / gl_Position.w) * czm_viewport.zw;
    v_turn = length(way) > 1e-6 ? normalize(vec2(way.y, way.x)) : v_turn;
  }
  v_cell = vec2(mod(form, u_grid.x), floor(form / u_grid.x)) / u_grid;

  float age = mod(u_reportNow - times.w + 3600.0, REPORT_WRAP_S) - 3600.0;
  v_stale = smoothstep(u_ages.x, u_ages.x * 1.02 + 1.0, age);
  v_alpha = 1.0 - 0.55 * smoothstep(u_ages.y, u_ages.y * 2.0 + 1.0, age);
  // Behind a mountain a calm sign is gone and one that matters is faint; none is cut in half.
  float behind = behindRelief(gl_Position.xy / gl_Position.w * 0.5 + 0.5, -eye.z);
  v_alpha *= 1.0 - behind * (calm ? 0.92 : 0.6);
  float scale = plain ? 1.0 : style.w / 16.0;
  // Atlas cells keep a margin of a sixth for the halo on each side.
  gl_PointSize = u_size * scale * 1.5;
}
`;

export const GLYPH_FRAGMENT = /* glsl */ `
in vec2 v_cell;
in vec2 v_turn;
in vec3 v_tint;
in float v_stale;
in float v_alpha;
in float v_ring;
uniform sampler2D u_atlas;
uniform vec2 u_grid;
uniform float u_dim;
uniform vec3 u_ink;
uniform vec3 u_halo;
uniform vec3 u_tints[${tints.length}];

void main() {
  vec2 at = gl_PointCoord - 0.5;
  vec2 turned = vec2(at.x * v_turn.x + at.y * v_turn.y, at.y * v_turn.x - at.x * v_turn.y);
  vec2 scaled = v_ring > 0.5 ? turned * 1.55 : turned;
  vec3 cover = vec3(0.0);
  float inner = 0.0;
  if (max(abs(scaled.x), abs(scaled.y)) < 0.5) {
    vec2 st = v_cell + (scaled + 0.5) / u_grid;
    cover = texture(u_atlas, st).rgb;
    inner = texture(u_atlas, st, 2.0).r;
  }
  if (v_ring > 0.5) {
    float radius = length(at);
    float soft = fwidth(radius);
    float ring = 1.0 - smoothstep(0.022, 0.022 + soft, abs(radius - 0.36));
    float ringHalo = 1.0 - smoothstep(0.05, 0.05 + soft, abs(radius - 0.36));
    cover.g = max(cover.g, ring * (1.0 - cover.r));
    cover.b = max(cover.b, ringHalo * (1.0 - cover.r - cover.g));
  }
  float hollow = cover.r * (1.0 - 0.85 * smoothstep(0.72, 0.98, inner));
  float fill = mix(cover.r, hollow, v_stale);
  vec3 tint = mix(v_tint, u_tints[2], max(v_stale, u_dim));
  vec3 ink = mix(u_ink, u_tints[2], max(v_stale, u_dim));
  float alpha = v_alpha * mix(1.0, 0.7, max(v_stale, u_dim * 0.6));
  vec3 colour = tint * fill + ink * cover.g + u_halo * cover.b * 0.9;
  float opacity = clamp(fill + cover.g + cover.b * 0.9, 0.0, 1.0);
  if (opacity < 0.004) discard;
  out_FragColor = vec4(colour, opacity) * alpha;
}
`;
