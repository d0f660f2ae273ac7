import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { isJsonObject, parseLossless } from "@tabard/core"
import { parquetFile } from "./parquet-file.ts"
import { parquetInThread } from "./parquet-in-thread.ts"

const patience = (): AbortSignal => AbortSignal.timeout(240_000)

describe("Parquet made in a thread", () => {
  it("is what is made without one, also of numbers that were kept as they were written", async () => {
    const row = parseLossless('{"huge":9007199254740993,"exact":7,"actor":{"uid":"Zoë"},"unmapped":{"a":1}}')
    assert.ok(isJsonObject(row))
    assert.deepEqual(await parquetInThread([row, row], patience()), parquetFile([row, row]))
  })

  it("lets the rest of the process go on meanwhile", async () => {
    const rows = Array.from({ length: 5000 }, (_, time) => ({
      time,
      actor: { user: { uid: `usr_${time}`, type: "User" }, session: { uid: `ses_${time}` } },
      resources: [{ name: "read", type: "Tool" }],
      unmapped: { text: "x".repeat(300), time },
    }))
    let ticks = 0
    const ticking = setInterval(() => (ticks += 1), 1)
    const bytes = await parquetInThread(rows, patience())
    clearInterval(ticking)
    assert.ok(bytes.length > 10_000)
    assert.ok(ticks > 5, `the process did ${ticks} other things`)
  })

  it("stops when it is told to", async () => {
    await assert.rejects(parquetInThread([{ a: 1 }], AbortSignal.timeout(1)), { name: "AbortError" })
  })
})
