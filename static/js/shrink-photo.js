// @ts-check
// Photos as they travel: most of a photo's bytes are never looked at, so they need not be sent.

import { create } from "./dom.js";

const LONGEST_SIDE = 2000; // pixels
const SMALL_ENOUGH = 500_000; // bytes
const QUALITY = 0.85;

/**
 * The file to send: the photo as a smaller JPEG, or the file itself where that is no gain or the
 * device has no memory for it.
 * @param {File} file
 * @returns {Promise<File>}
 */
export async function shrinkPhoto(file) {
  if (file.size <= SMALL_ENOUGH && file.type === "image/jpeg") return file;
  return (await shrinkToJpeg(file).catch(() => null)) ?? file;
}

/** @param {File} file */
async function shrinkToJpeg(file) {
  const photo = await createImageBitmap(file).catch(() => null);
  if (!photo) return null; // no photo, or one that only the server can read
  const scale = Math.min(1, LONGEST_SIDE / Math.max(photo.width, photo.height));
  const canvas = create("canvas", {
    width: Math.round(photo.width * scale),
    height: Math.round(photo.height * scale),
  });
  drawPhoto(photo, canvas, scale);
  photo.close();
  const jpeg = await toJpeg(canvas);
  if (!jpeg || jpeg.size >= file.size) return null;
  return new File([jpeg], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: jpeg.type });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<Blob | null>}
 */
const toJpeg = (canvas) =>
  new Promise((done) => {
    canvas.toBlob(done, "image/jpeg", QUALITY);
  });

/**
 * Fills a small canvas with the middle of a photo.
 * @param {Blob} file
 * @param {HTMLCanvasElement} canvas
 */
export async function drawThumbnail(file, canvas) {
  const photo = await createImageBitmap(file).catch(() => null);
  if (!photo) return;
  drawPhoto(photo, canvas, Math.max(canvas.width / photo.width, canvas.height / photo.height));
  photo.close();
}

/**
 * @param {ImageBitmap} photo
 * @param {HTMLCanvasElement} canvas
 * @param {number} scale
 */
function drawPhoto(photo, canvas, scale) {
  const [width, height] = [photo.width * scale, photo.height * scale];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(photo, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}
