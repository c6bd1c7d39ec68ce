/** Serves dist/public: hashed assets for a year, and the few files that live at the root. */
import fs from 'node:fs';
import path from 'node:path';
import { type RequestHandler, Router } from 'express';
import { z } from 'zod';

export interface Assets {
  /** The url of an asset by its logical name (`site.css`). Throws for a name that the build didn't make. */
  url(name: string): string;
  routes: Router;
}

interface PublicFile {
  path: string;
  contentType: string;
  isHashed: boolean;
  /** Precompressed copies that exist, best first. */
  encodings: { name: string; suffix: string }[];
}

const contentTypes: Record<string, string> = {
  '.avif': 'image/avif',
  '.bin': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
];

/**
 * Only files found now are ever served: a request is looked up in a fixed map, so no path in it can lead elsewhere.
 * @param distDir what server/build.mjs made
 */
export function loadAssets(distDir: string): Assets {
  const urls = z
    .record(z.string(), z.string())
    .parse(JSON.parse(fs.readFileSync(path.join(distDir, 'assets.json'), 'utf8')));
  const files = findPublicFiles(path.join(distDir, 'public'));
  const routes = Router();
  routes.use(serveFrom(files));
  return {
    url(name) {
      const url = urls[name];
      if (url === undefined) throw new Error(`No asset is named ${name}`);
      return url;
    },
    routes,
  };
}

function findPublicFiles(folder: string): Map<string, PublicFile> {
  const names = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  const all = new Set(names);
  const files = new Map<string, PublicFile>();
  for (const name of names) {
    const contentType = contentTypes[path.extname(name)];
    if (contentType === undefined) continue; // .br and .gz copies, source maps
    const isHashed = name.startsWith('assets/');
    files.set(isHashed ? `/${name}` : `/${name.replace(/^root\//, '')}`, {
      path: path.join(folder, name),
      contentType,
      isHashed,
      encodings: encodings.filter(({ suffix }) => all.has(name + suffix)),
    });
  }
  return files;
}

function serveFrom(files: Map<string, PublicFile>): RequestHandler {
  return (req, res, next) => {
    const file = req.method === 'GET' || req.method === 'HEAD' ? files.get(req.path) : undefined;
    if (file === undefined) return next();
    const encoding = file.encodings.find(({ name }) => req.acceptsEncodings(name));
    if (file.encodings.length > 0) res.vary('Accept-Encoding');
    if (encoding !== undefined) res.set('Content-Encoding', encoding.name);
    res.set('Content-Type', file.contentType);
    res.set('Cache-Control', file.isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
    res.sendFile(
      file.path + (encoding?.suffix ?? ''),
      { cacheControl: false, acceptRanges: false, dotfiles: 'allow' },
      (error) => {
        if (!error || res.headersSent || res.destroyed) return; // sent, or the visitor has gone
        res.removeHeader('Content-Encoding');
        next(error);
      },
    );
  };
}
