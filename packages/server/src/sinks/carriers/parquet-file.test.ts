import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { zstdDecompressSync } from "node:zlib"
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet"
import { parquetFile } from "./parquet-file.ts"

const COMPRESSORS = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) }

describe("a Parquet file", () => {
  it("is read back by another's reader as it was written: groups, lists, numbers, texts and what is not there", async () => {
    const rows = [
      {
        time: 1_793_530_807_000,
        actor: { uid: "agt_1", admin: true },
        tags: [{ name: "a" }, { name: "b" }],
        score: 1,
      },
      { time: 2, actor: { uid: "Zoë 🦊" }, tags: [], score: 0.5 },
      { time: 3, status: null, score: -1, actor: {} },
    ]
    const read = await readBack(parquetFile(rows))
    assert.deepEqual(
      read.map(({ time }) => time),
      [1_793_530_807_000n, 2n, 3n],
    )
    assert.deepEqual(read[0]?.["actor"], { uid: "agt_1", admin: true })
    assert.deepEqual(read[0]?.["tags"], [{ name: "a" }, { name: "b" }])
    assert.equal(Object(read[1]?.["actor"]).uid, "Zoë 🦊")
    assert.deepEqual(read[1]?.["tags"], [])
    assert.deepEqual(
      read.map(({ score }) => score),
      [1, 0.5, -1],
    )
    assert.ok(!read[2]?.["tags"])
  })

  it("is compressed by Zstandard, and has its columns in the order of their names", () => {
    const bytes = parquetFile([{ b: "x", a: 1, c: { e: 1, d: 1 } }])
    const metadata = parquetMetadata(arrayBuffer(bytes))
    assert.deepEqual(
      metadata.row_groups[0]?.columns.map((column) => [
        column.meta_data?.path_in_schema.join("."),
        column.meta_data?.codec,
      ]),
      [
        ["a", "ZSTD"],
        ["b", "ZSTD"],
        ["c.d", "ZSTD"],
        ["c.e", "ZSTD"],
      ],
    )
  })

  it("tells as JSON what is of one kind here and of another there, and what the schema leaves open", async () => {
    const read = await readBack(
      parquetFile([
        { value: 1, unmapped: { a: 1 } },
        { value: "one", unmapped: { b: [] } },
      ]),
    )
    assert.deepEqual(read, [
      { value: "1", unmapped: '{"a":1}' },
      { value: '"one"', unmapped: '{"b":[]}' },
    ])
  })

  it("has no column in which nothing stands", () => {
    const bytes = parquetFile([{ a: 1, none: null, empty: {}, list: [], nested: { none: null } }])
    const { children } = parquetSchema(parquetMetadata(arrayBuffer(bytes)))
    assert.deepEqual(
      children.map(({ element }) => element.name),
      ["a"],
    )
  })
})

async function readBack(bytes: Uint8Array): Promise<readonly Record<string, unknown>[]> {
  return parquetReadObjects({ file: arrayBuffer(bytes), compressors: COMPRESSORS })
}

function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
