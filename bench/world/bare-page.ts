import { once } from "node:events"
import { createServer } from "node:http"

const EMPTY = `<!doctype html><title>Empty</title>
<button onclick="this.nextElementSibling.textContent = 'clicked'">Click</button><p></p>
<div style="height: 400000px; background: repeating-linear-gradient(white 0 35px, #ddd 35px 36px)"></div>`

/** Serves a page; where none is handed in, one that holds one button and nothing to read, as long as a list of ten thousand rows. */
export async function barePage(page: string = EMPTY): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html").end(page)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, "close")
    },
  }
}
