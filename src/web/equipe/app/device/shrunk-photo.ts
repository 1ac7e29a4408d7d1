/** Enough to read a screen or a label, at some hundred kilobytes. */
const maxSide = 2_000;
const quality = 0.82;

/**
 * A photo as a JPEG of 2 000 pixels a side at most. It is painted anew, upright, so that nothing of its metadata remains: where and by
 * which device it was taken. Throws where the browser can't read it as an image.
 */
export const shrunkPhoto = async (file: Blob): Promise<ArrayBuffer> => {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const canvas = document.createElement('canvas');
  paint(image, canvas, maxSide);
  const shrunk = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (!shrunk) throw new Error('the photo can’t be written as an image');
  return shrunk.arrayBuffer();
};

/** Paints an image into a canvas that takes its proportions, no side longer than `side` pixels. */
export const paint = (image: ImageBitmap, canvas: HTMLCanvasElement, side: number): void => {
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  // What is transparent is white, not black, in a JPEG.
  if (context) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
  }
  image.close();
};
