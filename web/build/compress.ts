import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = /\.(js|css|svg|json|html|txt|wasm)$/;
/** Below this a compressed copy saves less than its headers cost. */
const SMALLEST_BYTES = 400;

/** Writes a `.br` and a `.gz` beside each text asset, so that the server never compresses what does not change. */
export function compressAssets(): Plugin {
  return {
    name: "limelight:compress",
    apply: "build",
    async writeBundle({ dir }) {
      // Nobody fetches what changes at every keystroke of `make dev` twice.
      if (dir === undefined || this.meta.watchMode) return;
      const names = (await readdir(dir)).filter((name) => TEXT.test(name));
      await Promise.all(names.map((name) => compress(join(dir, name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length <= SMALLEST_BYTES) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const brotli = await promisify(brotliCompress)(bytes, { params });
  const gzipped = await promisify(gzip)(bytes, { level: 9 });
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, gzipped)]);
}
