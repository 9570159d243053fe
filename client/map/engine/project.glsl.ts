// Shader text every drawing shares: from the plane of the city to the screen. Depth is flattened, since nothing here is
// hidden by the relief and an overlay must not be cut by the near or far plane.

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
