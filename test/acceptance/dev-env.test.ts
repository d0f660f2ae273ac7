import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { createServer } from "node:net"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"

const DEV_ENV = fileURLToPath(new URL("../dev-env.ts", import.meta.url))

describe("the development environment", () => {
  it("says how it is used, and which port it cannot take", async () => {
    const { code, stdout } = await ended(["--help"])
    assert.deepEqual([code, stdout.startsWith("usage: npm run dev")], [0, true])
    for (const args of [["--frob"], ["--port", "x"], ["--port", "70000"], ["1", "2"]]) {
      const wrong = await ended(args)
      assert.equal(wrong.code, 2, args.join(" "))
      assert.match(wrong.stderr, /usage: npm run dev/)
    }
  })

  it("says in one line that a port is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1")
    await new Promise((resolve) => server.once("listening", resolve))
    const port = String(Object(server.address()).port)
    for (const args of [["--port", port], [port]]) {
      const { code, stderr } = await ended(args)
      assert.deepEqual([code, stderr], [1, `port ${port} on 127.0.0.1 is in use; give another with --port\n`])
    }
    server.close()
  })
})

function ended(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [DEV_ENV, ...args], { timeout: 240_000 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
}
