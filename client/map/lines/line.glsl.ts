export const LINE_VERTEX = /* glsl */ `
in vec3 here;
in vec3 before;
in vec3 after;
in vec2 across;
in vec4 colour;
uniform float u_width;
uniform float u_widthM;
uniform float u_casing;
uniform float u_aside;
uniform float u_metresPerPixel;
out vec4 v_colour;
out float v_across;
out float v_half;
out float v_along;
out float v_far;

vec2 pixels(vec4 clip) {
  return clip.xy / clip.w * 0.5 * czm_viewport.zw;
}

void main() {
  vec4 eye = eyeOf(here.xy, here.z);
  vec4 at = screenOf(eye);
  v_far = -eye.z;
  vec2 p = pixels(at);
  vec2 a = p - pixels(screenOf(eyeOf(before.xy, before.z)));
  vec2 b = pixels(screenOf(eyeOf(after.xy, after.z))) - p;
  vec2 into = length(a) > 1e-4 ? normalize(a) : vec2(0.0);
  vec2 out_ = length(b) > 1e-4 ? normalize(b) : vec2(0.0);
  if (length(into) < 0.5) into = out_;
  if (length(out_) < 0.5) out_ = into;
  vec2 along = into + out_;
  along = length(along) > 1e-3 ? normalize(along) : into;
  vec2 normal = vec2(-along.y, along.x);
  float cosine = max(abs(dot(along, into)), 0.5);
  float scale = abs(across.x);
  // Close to it a river is as wide as it is. A point beside or behind the camera has a depth of nothing or less: there its
  // distance counts, or its stretch would cover the whole picture.
  float depth = max(at.w, max(0.5 * length(eye.xyz), 1.0));
  float pixelsPerMetre = czm_projection[1][1] * czm_viewport.w * 0.5 / depth;
  v_half = max(u_width * scale, u_widthM * pixelsPerMetre) * 0.5;
  float reach = v_half + u_casing + 1.0;
  v_across = sign(across.x) * reach;
  v_along = across.y / u_metresPerPixel;
  v_colour = colour;
  at.xy += normal * ((sign(across.x) * reach - u_aside) / cosine) * 2.0 / czm_viewport.zw * at.w;
  gl_Position = at;
}
`;

export const LINE_FRAGMENT = /* glsl */ `
in vec4 v_colour;
in float v_across;
in float v_half;
in float v_along;
in float v_far;
uniform float u_fade;
uniform vec4 u_near;
uniform float u_casing;
uniform vec4 u_casingColour;
uniform vec4 u_dash;
uniform float u_arrow;

void main() {
  float far = abs(v_across);
  float core = 1.0 - smoothstep(v_half - 0.5, v_half + 0.5, far);
  float edge = u_casing > 0.0 ? 1.0 - smoothstep(v_half + u_casing - 0.5, v_half + u_casing + 0.5, far) : 0.0;
  float period = u_dash.x + u_dash.y + u_dash.z + u_dash.w;
  if (period > 0.0) {
    float at = mod(v_along, period);
    float on = at < u_dash.x ? 1.0 : at < u_dash.x + u_dash.y ? 0.0 : at < u_dash.x + u_dash.y + u_dash.z ? 1.0 : 0.0;
    core *= on;
  }
  if (u_arrow > 0.0) {
    // Points of the arrows lie ahead: the edges of a line come later than its middle.
    float at = fract((v_along + far * 1.4) / u_arrow);
    core *= mix(0.28, 1.0, step(at, 0.55));
  }
  float ink = core * v_colour.a;
  float dark = edge * u_casingColour.a * (1.0 - ink);
  float seen = u_fade * (1.0 - 0.9 * behindRelief(gl_FragCoord.xy / czm_viewport.zw, v_far));
  float alpha = (ink + dark) * seen;
  if (alpha < 0.004) discard;
  out_FragColor = vec4((mix(v_colour.rgb, u_near.rgb, u_near.w) * ink + u_casingColour.rgb * dark) * seen, alpha);
}
`;
