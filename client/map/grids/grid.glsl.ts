// Shaders of a grid on the relief.

/** Colours at most, with the one of nothing. */
export const GRID_STOPS = 8;

export const GRID_VERTEX = /* glsl */ `
in vec3 here;
in vec2 st;
out vec2 v_st;
void main() {
  gl_Position = screenOf(eyeOf(here.xy, here.z));
  v_st = st;
}
`;

export const GRID_FRAGMENT = /* glsl */ `
in vec2 v_st;
uniform sampler2D u_cells;
uniform vec2 u_size;
uniform vec4 u_stops[${GRID_STOPS}];
uniform float u_last;

// Cubic B-spline out of four bilinear reads: no cell of the grid can be seen.
float smoothAt(vec2 st) {
  vec2 at = st * u_size - 0.5;
  vec2 cell = floor(at);
  vec2 f = at - cell;
  vec2 w0 = (1.0 - f) * (1.0 - f) * (1.0 - f) / 6.0;
  vec2 w1 = (4.0 - 6.0 * f * f + 3.0 * f * f * f) / 6.0;
  vec2 w3 = f * f * f / 6.0;
  vec2 w2 = 1.0 - w0 - w1 - w3;
  vec2 low = w0 + w1;
  vec2 high = w2 + w3;
  vec2 a = (cell - 0.5 + w1 / low) / u_size;
  vec2 b = (cell + 1.5 + w3 / high) / u_size;
  return (texture(u_cells, a).r * low.x + texture(u_cells, vec2(b.x, a.y)).r * high.x) * low.y
    + (texture(u_cells, vec2(a.x, b.y)).r * low.x + texture(u_cells, b).r * high.x) * high.y;
}

void main() {
  float value = smoothAt(v_st) * u_last;
  float step_ = min(floor(value), u_last - 1.0);
  // Classes stay visible as bands with soft edges, so that the legend can be read off the map.
  float part = smoothstep(0.15, 0.85, value - step_);
  vec4 colour = mix(u_stops[int(step_)], u_stops[int(step_) + 1], part);
  float edge = smoothstep(0.0, 0.03, v_st.x) * smoothstep(0.0, 0.03, 1.0 - v_st.x)
    * smoothstep(0.0, 0.03, v_st.y) * smoothstep(0.0, 0.03, 1.0 - v_st.y);
  float alpha = colour.a * edge;
  if (alpha < 0.004) discard;
  out_FragColor = vec4(colour.rgb * alpha, alpha);
}
`;
