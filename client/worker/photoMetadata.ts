/** What a photo's file says about itself. */
import { readSourceMetadata, type SourceMetadata } from '../engine/fileMetadata/sourceMetadata.ts';

/** Of a JPEG its first part will do; other formats may keep it at their end. */
const jpegHeadBytes = 256 * 1024;

export async function readPhotoMetadata(file: Blob): Promise<SourceMetadata> {
  const head = new Uint8Array(await file.slice(0, jpegHeadBytes).arrayBuffer());
  const isJpeg = head[0] === 0xff && head[1] === 0xd8;
  return readSourceMetadata(isJpeg ? head : new Uint8Array(await file.arrayBuffer()));
}
