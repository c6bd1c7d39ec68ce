/** Writes the plainest BMP: 24 bits per pixel, no compression, rows from the bottom up (BITMAPINFOHEADER). */

const headerBytes = 14 + 40;

/** `rgb` holds three bytes per pixel, row by row from the top. Answers the whole file. */
export function encodeBmp(rgb: Uint8Array, width: number, height: number): Buffer {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(headerBytes + rowBytes * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(headerBytes, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(rowBytes * height, 34);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const to = headerBytes + (height - 1 - y) * rowBytes + x * 3;
      file.writeUInt8(rgb[from + 2] ?? 0, to);
      file.writeUInt8(rgb[from + 1] ?? 0, to + 1);
      file.writeUInt8(rgb[from] ?? 0, to + 2);
    }
  }
  return file;
}
