// What panels may ask of the map of the moment: where it looks, to look elsewhere, and a picture of it.
import { Cartesian3 } from 'cesium';
import { mapPort, view, type CameraPose, type MapPort } from '../../stores/view.ts';
import { look, outlookOf } from './outlook.ts';
import type { Marks } from './marks.ts';
import type { Stage } from './stage.ts';

/** Answers for `stage` until it is closed. */
export function openPort(stage: Stage, marks: Marks): () => void {
  const port: MapPort = {
    camera: () => outlookOf(stage),
    look: (to) => {
      // Flat or raised first: the change would fly to what is in the middle now.
      stage.setFlat(view.flat);
      look(stage, to);
    },
    pose: () => poseOf(stage),
    stand: (at) => stand(stage, at),
    picture: () => pictureOf(stage, marks),
  };
  mapPort.value = port;
  return () => {
    if (mapPort.value === port) mapPort.value = null;
  };
}

function poseOf({ widget: { camera } }: Stage): CameraPose {
  const { x, y, z } = camera.positionWC;
  return [x, y, z, camera.heading, camera.pitch, camera.roll];
}

function stand({ widget: { camera, scene } }: Stage, [x, y, z, heading, pitch, roll]: CameraPose): void {
  camera.cancelFlight();
  camera.setView({ destination: new Cartesian3(x, y, z), orientation: { heading, pitch, roll } });
  scene.requestRender();
}

/** Renders now and copies at once: the browser drops the drawing after this task. */
function pictureOf(stage: Stage, marks: Marks): HTMLCanvasElement {
  const { scene, canvas } = stage.widget;
  scene.render();
  marks.draw(stage);
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d');
  context?.drawImage(canvas, 0, 0);
  context?.drawImage(marks.canvas, 0, 0, copy.width, copy.height);
  return copy;
}
