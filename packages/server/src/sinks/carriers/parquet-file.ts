import { zstdCompressSync } from "node:zlib"
import { isJsonObject, type Json, type JsonObject, writeLossless } from "@tabard/core"
import { parquetWriteBuffer } from "hyparquet-writer"
import { type Column, columnsOf, type Shape } from "./parquet-shape.ts"
import { withPlainNumber } from "./plain-number.ts"

/** One element of a Parquet schema, which is a tree written down in the order of its reading. */
interface Element {
  readonly name: string
  readonly type?: "BYTE_ARRAY" | "INT64" | "DOUBLE" | "BOOLEAN"
  readonly converted_type?: "UTF8" | "LIST"
  readonly repetition_type?: "OPTIONAL" | "REPEATED"
  readonly num_children?: number
}

/** A value as a column of Parquet takes it. */
type Cell =
  | string
  | bigint
  | number
  | boolean
  | undefined
  | readonly Cell[]
  | { readonly [name: string]: Cell }

/**
 * Answers rows as a Parquet file, compressed by Zstandard. Objects are groups and arrays lists, so that a query names what is
 * within them; the columns are those that the rows have, in the order of their names.
 */
export function parquetFile(rows: readonly JsonObject[]): Uint8Array {
  const columns = columnsOf(rows)
  const schema = [{ name: "schema", num_children: columns.length }, ...columns.flatMap(elementsOf)]
  const written = parquetWriteBuffer({
    // The writer keeps what it is handed, so it gets copies that it may change.
    schema: schema.map((element) => ({ ...element })),
    columnData: columns.map(([name, of]) => ({
      name,
      data: rows.map((row) => cell(ownMember(row, name), of)),
    })),
    codec: "ZSTD",
    compressors: { ZSTD: (bytes) => new Uint8Array(zstdCompressSync(bytes)) },
    createdBy: "tabard",
  })
  return new Uint8Array(written)
}

function elementsOf([name, shape]: Column): readonly Element[] {
  const optional = { name, repetition_type: "OPTIONAL" } as const
  switch (shape.kind) {
    case "group":
      return [{ ...optional, num_children: shape.columns.length }, ...shape.columns.flatMap(elementsOf)]
    case "list":
      return [
        { ...optional, converted_type: "LIST", num_children: 1 },
        { name: "list", repetition_type: "REPEATED", num_children: 1 },
        ...elementsOf(["element", shape.of]),
      ]
    case "whole":
      return [{ ...optional, type: "INT64" }]
    case "number":
      return [{ ...optional, type: "DOUBLE" }]
    case "truth":
      return [{ ...optional, type: "BOOLEAN" }]
    case "text":
    case "json":
      return [{ ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" }]
  }
}

function cell(value: Json | undefined, shape: Shape): Cell {
  if (value === undefined || value === null) return undefined
  if (shape.kind === "json") return writeLossless(value)
  const plain = withPlainNumber(value)
  return typeof plain === "object" ? structuredCell(plain, shape) : plainCell(plain, shape)
}

function plainCell(value: string | number | boolean, { kind }: Shape): Cell {
  return kind === "whole" && typeof value === "number" ? BigInt(value) : value
}

function structuredCell(value: JsonObject | readonly Json[], shape: Shape): Cell {
  if (shape.kind === "list" && Array.isArray(value)) return value.map((each) => cell(each, shape.of))
  return shape.kind === "group" && isJsonObject(value) ? group(value, shape) : undefined
}

function group(value: JsonObject, shape: Extract<Shape, { kind: "group" }>): Cell {
  return Object.fromEntries(shape.columns.map(([name, of]) => [name, cell(ownMember(value, name), of)]))
}

/** A member of the object's own: every object has a `constructor` besides. */
function ownMember(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined
}
