// Shaders of the marks: pictures at whole pixels, so that the strokes of the characters stay sharp.

export const MARK_VERTEX = /* glsl */ `
in vec3 here;
in vec4 corner;
out vec2 v_st;
void main() {
  vec4 at = screenOf(eyeOf(here.xy, here.z));
  vec2 px = floor((at.xy / at.w * 0.5 + 0.5) * czm_viewport.zw) + corner.xy;
  at.xy = (px / czm_viewport.zw * 2.0 - 1.0) * at.w;
  gl_Position = at;
  v_st = corner.zw;
}
`;

export const MARK_FRAGMENT = /* glsl */ `
in vec2 v_st;
uniform sampler2D u_atlas;
void main() {
  vec4 texel = texture(u_atlas, v_st);
  if (texel.a < 0.004) discard;
  out_FragColor = texel;
}
`;
