/** A drawn face, because no photo of a person is in the project: the face model takes it for one (score 0.95). */
import sharp from 'sharp';
import type { PhotoFile } from './photos.ts';

/** Where the drawn head is: fractions of the photo. */
export const drawnHead = { x: 0.56, y: 0.2, width: 0.26, height: 0.5 };

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600">
<defs>
  <radialGradient id="skin" cx=".45" cy=".4" r=".7">
    <stop offset="0" stop-color="#f0c8a4"/><stop offset=".7" stop-color="#d9a27a"/><stop offset="1" stop-color="#a8714d"/>
  </radialGradient>
  <linearGradient id="wall" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="#8fa7b8"/><stop offset="1" stop-color="#5d7482"/>
  </linearGradient>
</defs>
<rect width="900" height="600" fill="url(#wall)"/>
<path d="M470 600C480 470 560 440 620 430C680 440 770 470 780 600Z" fill="#34495e"/>
<rect x="585" y="370" width="80" height="90" rx="30" fill="#c48d66"/>
<path d="M515 260C500 120 750 120 738 260L738 320C730 180 530 180 518 320Z" fill="#3b2618"/>
<ellipse cx="626" cy="285" rx="98" ry="132" fill="url(#skin)"/>
<path d="M526 250C540 150 710 150 727 250C690 200 570 200 526 250Z" fill="#3b2618"/>
<ellipse cx="527" cy="290" rx="13" ry="28" fill="#c99069"/><ellipse cx="725" cy="290" rx="13" ry="28" fill="#b57d57"/>
<g stroke="#3b2618" stroke-width="8" fill="none"><path d="M556 248Q585 232 608 246"/><path d="M646 246Q670 232 698 248"/></g>
<ellipse cx="583" cy="270" rx="20" ry="10" fill="#fff"/><ellipse cx="670" cy="270" rx="20" ry="10" fill="#fff"/>
<circle cx="584" cy="270" r="9" fill="#3a2418"/><circle cx="669" cy="270" r="9" fill="#3a2418"/>
<path d="M622 275C618 305 608 322 612 328C620 336 634 336 641 328C645 322 634 305 631 275" fill="#c08a62" opacity=".7"/>
<path d="M612 328Q626 338 641 328" stroke="#8a5638" stroke-width="4" fill="none"/>
<path d="M590 362Q626 352 662 362Q626 392 590 362Z" fill="#b0524a"/>
</svg>`;

/** 900 x 600, the head right of the middle. */
export async function drawnFacePhoto(): Promise<PhotoFile> {
  const buffer = await sharp(Buffer.from(drawing)).blur(1).jpeg({ quality: 92 }).toBuffer();
  return { name: 'drawn-face.jpg', mimeType: 'image/jpeg', buffer };
}
