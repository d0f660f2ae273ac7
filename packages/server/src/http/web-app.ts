import { readFile } from "node:fs/promises"
import { extname, join, sep } from "node:path"
import { fileURLToPath } from "node:url"
import type { Handler } from "hono"

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
}

/** Where the built console lies. */
export const WEB_ROOT: string = fileURLToPath(new URL("../../../web/dist", import.meta.url))

/** Serves the console: its files by name, and its one page for every other address of a person's. */
export function webApp(root: string): Handler {
  return async (context) => {
    const { pathname } = new URL(context.req.url)
    const file = await readInside(root, pathname)
    if (file) return context.body(file, 200, headersOf(pathname))
    if (pathname.startsWith("/assets/")) return context.notFound()
    const page = await readInside(root, "/index.html")
    if (!page)
      return context.text("The console is not built: run npm start, or npm run build -w packages/web.", 503)
    return context.body(page, 200, headersOf("/index.html"))
  }
}

async function readInside(root: string, pathname: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const name = decoded(pathname)
  if (name === undefined) return undefined
  const path = join(root, name)
  if (!path.startsWith(root + sep) || !(extname(path) in TYPES)) return undefined
  return readFile(path).catch(() => undefined)
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}

function headersOf(pathname: string): Record<string, string> {
  // A built file's name holds its hash, so it never changes; the page that names them always may.
  const cache = pathname.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache"
  return { "content-type": TYPES[extname(pathname)] ?? "application/octet-stream", "cache-control": cache }
}
