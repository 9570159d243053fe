// A photo as it is kept and sent: no larger than a screen shows, so that a weak network carries it and a phone keeps many.

/** Longest side, pixels. */
const LONGEST = 1600;
const QUALITY = 0.82;

/** @throws Error where the browser cannot read the picture */
export async function smallerPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    const took = (blob: Blob | null): void =>
      blob ? resolve(blob) : reject(new Error('the picture could not be made smaller'));
    canvas.toBlob(took, 'image/jpeg', QUALITY);
  });
}
