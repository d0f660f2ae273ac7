import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer, type RequestListener } from "node:http"
import { describe, it } from "node:test"
import { targetRules } from "../../notifications/guard-address.ts"
import { postToWitness } from "./post-to-witness.ts"

const trying = targetRules({ production: false, listed: [] })
const REQUEST = Buffer.from("old 0\n\naudit.example/shop/1\n")

describe("posting to a witness", () => {
  it("sends the bytes as they are, and answers status, kind and bytes of what comes back", async () => {
    const heard: Buffer[] = []
    await using witness = await listening((request, response) => {
      request.on("data", (piece: Buffer) => void heard.push(piece))
      request.on("end", () => response.writeHead(409, { "content-type": "text/x.tlog.size" }).end("7\n"))
    })
    const reply = await postToWitness(trying)(`${witness.url}/add-checkpoint`, REQUEST)
    assert.deepEqual(reply, {
      status: 409,
      contentType: "text/x.tlog.size",
      body: new TextEncoder().encode("7\n"),
    })
    assert.deepEqual(Buffer.concat(heard), REQUEST)
  })

  it("follows no redirect", async () => {
    let asked = 0
    await using witness = await listening((_, response) => {
      asked++
      response.writeHead(307, { location: "/elsewhere" }).end()
    })
    assert.equal((await postToWitness(trying)(witness.url, REQUEST)).status, 307)
    assert.equal(asked, 1)
  })

  it("reads no more than a bounded part of an answer, which is then longer than any that counts", async () => {
    await using witness = await listening((_, response) => {
      response.writeHead(200)
      const more = (): void => void (response.destroyed || response.write("x".repeat(65_536), more))
      more()
    })
    const { body } = await postToWitness(trying)(witness.url, REQUEST)
    assert.ok(body.length > 65_536 && body.length <= 128 * 1024)
  })

  it("gives up on a witness that does not answer in time, and says so", async () => {
    await using witness = await listening(() => undefined)
    await assert.rejects(postToWitness(trying, 50)(witness.url, REQUEST), {
      message: "it did not answer in time",
    })
  })

  it("connects to nothing outside the rules of addresses", async () => {
    const production = postToWitness(targetRules({ production: true, listed: [] }))
    for (const url of [
      "http://witness.example/",
      "https://127.0.0.1:1/",
      "https://169.254.169.254/",
      "file:///etc",
    ]) {
      await assert.rejects(production(url, REQUEST), /must begin with https|not open|no address/)
    }
  })
})

async function listening(listener: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(listener).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}
