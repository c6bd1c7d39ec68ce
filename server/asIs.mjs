/** For esbuild: `import url from 'package/file.js?url'` gives the url of that file, which is served as it is and never bundled. */
import fs from 'node:fs/promises';

const suffix = '?url';

export const asIs = {
  name: 'as-is',
  setup(builder) {
    builder.onResolve({ filter: /\?url$/ }, async ({ path, resolveDir, importer }) => {
      const { path: found, errors } = await builder.resolve(path.slice(0, -suffix.length), {
        resolveDir,
        importer,
        kind: 'import-statement',
      });
      return { path: found, namespace: 'as-is', errors };
    });
    builder.onLoad({ filter: /./, namespace: 'as-is' }, async ({ path }) => ({
      contents: await fs.readFile(path),
      loader: 'file',
    }));
  },
};
