// A Hono route that reads a body of JSON and answers it: what any answer over HTTP costs at least here.
import { once } from "node:events"
import { createAdaptorServer } from "@hono/node-server"
import { Hono } from "hono"
import { serveUntilLetGo } from "./child.ts"

/** What the parent is told. */
export interface EchoReady {
  readonly url: string
}

const app = new Hono()
app.post("/access/v1/evaluation", async (context) => context.json(await context.req.json()))
const server = createAdaptorServer({ fetch: app.fetch })
server.listen(0, "127.0.0.1")
await once(server, "listening")
const address = server.address()
const port = typeof address === "object" && address ? address.port : 0
await serveUntilLetGo({ url: `http://127.0.0.1:${port}` } satisfies EchoReady)
server.close()
