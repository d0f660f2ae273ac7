import { once } from "node:events"
import { createAdaptorServer } from "@hono/node-server"
import { Hono } from "hono"

/** A route of Hono that reads a body of JSON and answers it: what any answer over HTTP costs at least. */
export async function openBareEcho(path: string): Promise<AsyncDisposable & { readonly url: string }> {
  const app = new Hono()
  app.post(path, async (context) => context.json(await context.req.json()))
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}${path}`,
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, "close")
    },
  }
}
