// Shader text every drawing shares: from the plane of the city to the screen, and whether the relief stands before it. Depth
// itself is flattened: an overlay must not be cut by the near or far plane, and a sign is covered whole or not at all.

export const PROJECT_GLSL = /* glsl */ `
uniform float u_exaggeration;
const float EARTH_RADIUS_M = 6368000.0;

vec4 eyeOf(vec2 east_north, float height) {
  float raised = height * u_exaggeration;
  float drop = dot(east_north, east_north) / (2.0 * EARTH_RADIUS_M);
  vec3 place = vec3(east_north * (1.0 + raised / EARTH_RADIUS_M), raised - drop);
  return czm_modelView * vec4(place, 1.0);
}

vec4 screenOf(vec4 eye) {
  vec4 clip = czm_projection * eye;
  clip.z = 0.0;
  return clip;
}
`;

export const RELIEF_GLSL = /* glsl */ `
uniform sampler2D u_reliefDepth;
// Our raster of heights is coarser than the relief on the screen: forgiven is a part of the distance, and never less than this.
const float RELIEF_SLACK_M = 220.0;
const float RELIEF_SLACK_PART = 0.022;

// 0 in sight, 1 behind the relief. st: where on the screen, 0 to 1; far: metres along the view.
float behindRelief(vec2 st, float far) {
  if (st.x < 0.0 || st.x > 1.0 || st.y < 0.0 || st.y > 1.0) return 0.0;
  float depth = czm_unpackDepth(texture(u_reliefDepth, st));
  if (depth <= 0.0 || depth >= 1.0) return 0.0;
  float relief = exp2(depth * czm_log2FarDepthFromNearPlusOne) - 1.0 + czm_currentFrustum.x;
  float slack = max(RELIEF_SLACK_M, far * RELIEF_SLACK_PART);
  return smoothstep(slack, slack * 2.0, far - relief);
}
`;
