import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { zstdDecompressSync } from "node:zlib"
import type { JsonObject } from "@tabard/core"
import * as fc from "fast-check"
import { parquetReadObjects } from "hyparquet"
import { carryInParts } from "./carry-in-parts.ts"
import { logsRequest } from "./otlp-logs.ts"
import { parquetFile } from "./parquet-file.ts"
import { syslogFrame } from "./syslog-message.ts"
import { item, items, TAKEN } from "./testing/carried.ts"

const text = fc.string({ unit: "binary", maxLength: 200 })
const body = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
) as fc.Arbitrary<JsonObject>

describe("for any item", () => {
  for (const format of ["json", "cef"] as const) {
    it(`a syslog message in ${format} is counted, bounded, and says its key and place`, () => {
      fc.assert(
        fc.property(fc.tuple(text, text, text), fc.nat(), body, ([key, type, host], place, any) => {
          const dress = { facility: 13, appName: "tabard", format, host, version: "1.2.3" }
          const frame = syslogFrame(item(place, { key, type, body: any }), dress)
          const space = frame.indexOf(0x20)
          const message = frame.subarray(space + 1)
          assert.equal(Number(frame.subarray(0, space).toString()), message.length)
          assert.ok(message.length <= 8000)
          const said = message.toString("utf8")
          const [, escaped = "", at] =
            /^<110>1 \S+ \S+ tabard - \S+ \[tabard@32473 key="((?:[^"\\\]]|\\["\\\]])*)" place="(\d+)"/s.exec(
              said,
            ) ?? []
          assert.equal(escaped.replaceAll(/\\(["\\\]])/g, "$1"), key.toWellFormed())
          assert.equal(Number(at), place)
        }),
        { numRuns: 300 },
      )
    })
  }

  it("Parquet holds as many rows as there were, and each text that all rows have", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, body), { minLength: 1, maxLength: 20 }), async (all) => {
        const rows = all.map(([said, any]) => ({ ...any, said }))
        const file = new Uint8Array(parquetFile(rows)).buffer
        const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) }
        const read = await parquetReadObjects({ file, compressors })
        assert.deepEqual(
          read.map(({ said }) => said),
          all.map(([said]) => said.toWellFormed()),
        )
      }),
      {
        numRuns: 100,
        examples: [
          [
            [
              ["", { constructor: { "": [""] } }],
              ["", {}],
            ],
          ],
        ],
      },
    )
  })

  it("a log record of OTLP says every text of the body, and no value of two kinds", () => {
    fc.assert(
      fc.property(body, (any) => {
        const said = JSON.stringify(
          logsRequest([item(0, { body: any })], { host: "acme.example", version: "1" }),
        )
        for (const name of Object.keys(any)) assert.ok(said.includes(`"key":${JSON.stringify(name)}`))
        assert.equal(/"value":\{"[a-zA-Z]+":[^{}[\]"]+,"[a-zA-Z]+Value"/.test(said), false)
      }),
      { numRuns: 200 },
    )
  })
})

describe("for any items that a receiver does not take", () => {
  it("exactly those are refused, as long as it takes one of the first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 63 })), async (poisoned) => {
        const result = await carryInParts(items(64), async (part) =>
          part.some(({ place }) => poisoned.includes(place))
            ? { kind: "unfit", reason: "no", alone: false }
            : TAKEN,
        )
        const expected = poisoned.toSorted((one, other) => one - other).map((place) => `acme/${place}`)
        assert.deepEqual(result.kind === "taken" && result.refused.map(({ key }) => key), expected)
      }),
      { numRuns: 200 },
    )
  })
})
