import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { parseLossless, writeLossless } from "@tabard/core"
import { TestDecisions, until } from "./fixtures/test-decisions.ts"
import { TestGateway } from "./fixtures/test-gateway.ts"
import { oddServer, pinTools } from "./fixtures/test-upstreams.ts"

describe("a permitted call", () => {
  it("arrives with the numbers that were judged, and without what was not", async () => {
    await using world = await open()
    const args = '{"id":9007199254740993,"sum":0.1000,"list":[-0,1e400]}'

    const heard = await world.call(
      "echo",
      args,
      '"_meta":{"com.example/x":1,"tabard/approval":"h"},"task":{"ttl":1}',
    )

    assert.ok(heard.includes(JSON.stringify(`"arguments":${args}`).slice(1, -1)), heard)
    assert.doesNotMatch(heard, /com\.example|tabard\/approval|ttl/)
  })

  it("arrives as it was judged and nothing else, whatever its names, texts and numbers are spelt like", async () => {
    await using world = await open()
    for (const [args, arrives] of [
      ['{"a":1,"a":1}', '{"a":1}'],
      ['{ "b" : [ 1e400 , -0.0 , 1E+5 , 0.10 ] }', '{"b":[1e400,-0.0,1E+5,0.10]}'],
      [
        '{"10":1,"9":2,"__proto__":{"x":1},"constructor":null}',
        '{"9":2,"10":1,"__proto__":{"x":1},"constructor":null}',
      ],
      [
        '{"\\u0061\\u2028\\u2029\\u0085":"\\u0065\\u0301 \\u00e9"}',
        '{"a\u2028\u2029\u0085":"e\u0301 \u00e9"}',
      ],
      ['{"n":123456789012345678901234567890.000000000000000001}', undefined],
    ] as const) {
      const told: unknown = JSON.parse(await world.call("echo", args))
      const judged = world.decisions.attempts.at(-1)?.arguments ?? assert.fail("nothing was judged")
      assert.equal(writeLossless(judged), arrives ?? args)
      const heard = /"arguments":(.*?),"_meta"|"arguments":(.*)\}\}$/s.exec(textIn(told))
      assert.equal(
        writeLossless(parseLossless(heard?.[1] ?? heard?.[2] ?? "")),
        writeLossless(judged),
        textIn(told),
      )
    }
    for (const args of [
      '{"a":1,"a":1.0}',
      '{"a":1,"\\u0061":2}',
      '{"a":01}',
      '{"a":NaN}',
      '{"a":"\\ud800"}',
    ]) {
      const before = world.decisions.attempts.length
      assert.match(await world.call("echo", args), /"error"/)
      assert.equal(world.decisions.attempts.length, before, args)
    }
  })

  it("hears the upstream's progress after that of the wait, in numbers that grow", async () => {
    await using world = await open()
    const running = world.call("slow", '{"wait":true}', '"_meta":{"progressToken":"t"}')
    await world.decisions.answer("approved")

    const told = [...(await running).matchAll(/"progress":([\d.]+)/g)].map(([, number]) => Number(number))

    assert.ok(told.length >= 2)
    assert.deepEqual(
      told,
      [...new Set(told)].toSorted((a, b) => a - b),
    )
  })

  it("is told that the tool changed since it was reviewed, and is not run", async () => {
    await using world = await open()
    await world.call("change", "{}")

    assert.match(await world.call("count", "{}"), /"decision":"deny","code":"tool_changed"/)
    assert.deepEqual(ended(world), ["failed", "no"])
  })

  it("may have run where the server was lost, and says so", async () => {
    await using world = await open()

    assert.match(await world.call("exit", "{}"), /"code":"upstream_lost".*It may have run/)
    assert.deepEqual(ended(world), ["unknown", "unknown"])
  })

  it("hands on a server's own error", async () => {
    await using world = await open()

    assert.match(await world.call("refuse", "{}"), /"error":\{"code":-32602,"message":"not like this"\}/)
    assert.deepEqual(ended(world), ["failed", "no"], "it said that it did not begin")
  })

  it("is cancelled when its client says so, or closes the connection before it is answered", async () => {
    await using world = await open()
    const hanging = world.call("hang", '{"n":1}')
    await until(() => world.decisions.attempts.length === 1)
    // Again and again: what is cancelled before it was begun says nothing of what runs.
    const cancel = (): Promise<Response> =>
      world.gateway.post({ method: "notifications/cancelled", params: { requestId: 1 } })
    const cancelling = setInterval(() => void cancel(), 100)
    assert.match(await hanging.finally(() => clearInterval(cancelling)), /the call was cancelled/)

    const gone = new AbortController()
    const closed = world.call("hang", '{"n":2}', undefined, gone.signal)
    await until(() => world.decisions.attempts.length === 2)
    gone.abort()
    await assert.rejects(closed)
    await until(() => world.decisions.outcomes.length === 2)
  })

  it("is not held back from running by a client that went while a person was asked: it is never run", async () => {
    await using world = await open()
    const gone = new AbortController()
    const asked = world.call("count", '{"wait":true}', undefined, gone.signal)
    await until(() => world.decisions.pending !== undefined)
    gone.abort()
    await assert.rejects(asked)
    await until(() => world.decisions.outcomes.at(-1)?.result === "cancelled")
    assert.deepEqual(ended(world), ["cancelled", "no"])
    // Deciding once more could have spent what the client may still come back for.
    assert.equal(world.decisions.attempts.length, 1)

    await world.decisions.answer("approved")
    assert.match(await world.call("count", "{}"), /"text":"1"/)
    assert.deepEqual(ended(world), ["ok", "yes"])
  })
})

/** What an echo says that it heard. */
function textIn(answer: unknown): string {
  const { result } = Object(answer)
  return String(result?.content?.[0]?.text)
}

/** How the last call ended, and whether it is known to have run. */
function ended({ decisions }: { decisions: TestDecisions }): unknown[] {
  const last = decisions.outcomes.at(-1)
  return [last?.result, last?.ran]
}

async function open() {
  const server = oddServer()
  const decisions = new TestDecisions(await pinTools(server), ({ arguments: args }) =>
    args["wait"] === true ? "ask" : "permit",
  )
  const gateway = await TestGateway.open(server, decisions)
  return {
    decisions,
    gateway,
    /** Calls a tool with arguments that no library has rounded; answers all that came back. */
    async call(name: string, args: string, more?: string, signal?: AbortSignal): Promise<string> {
      const params = `{"name":"${name}","arguments":${args}${more ? `,${more}` : ""}}`
      const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`
      return (await gateway.send(body, signal ? { signal } : {})).text()
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  }
}
