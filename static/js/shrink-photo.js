// Photos as they travel: most of a photo's bytes are never looked at, so they need not be sent.
"use strict";

const LONGEST_SIDE = 2000;
const SMALL_ENOUGH = 500_000;

// The file to send: the photo as a smaller JPEG, or the file itself where that is no gain or the
// device has no memory for it.
async function shrinkPhoto(file) {
  if (file.size <= SMALL_ENOUGH && file.type === "image/jpeg") return file;
  return (await shrinkToJpeg(file).catch(() => null)) ?? file;
}

async function shrinkToJpeg(file) {
  const photo = await createImageBitmap(file).catch(() => null);
  if (!photo) return null; // no photo, or one that only the server can read
  const scale = Math.min(1, LONGEST_SIDE / Math.max(photo.width, photo.height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(photo.width * scale), height: Math.round(photo.height * scale),
  });
  drawPhoto(photo, canvas, scale);
  photo.close();
  const jpeg = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
  return jpeg && jpeg.size < file.size ? new File([jpeg], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: jpeg.type }) : null;
}

// The middle of a photo fills a small canvas.
async function drawThumbnail(file, canvas) {
  const photo = await createImageBitmap(file).catch(() => null);
  if (!photo) return;
  drawPhoto(photo, canvas, Math.max(canvas.width / photo.width, canvas.height / photo.height));
  photo.close();
}

function drawPhoto(photo, canvas, scale) {
  const [width, height] = [photo.width * scale, photo.height * scale];
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(photo, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}
