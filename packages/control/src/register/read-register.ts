import { type Column, columnCalled } from "./columns.ts"
import { type ReadTable, readTable, type TableLine } from "./read-table.ts"

/** One line of a register, its cells by column. */
export type RegisterLine = TableLine<Column>

/** A register as it was read. */
export type ReadRegister = ReadTable<Column>

/**
 * Reads a register from comma-separated values.
 *
 * @throws {Problem} register_invalid
 */
export function readRegister(csv: string): ReadRegister {
  return readTable(csv, { what: "a register", code: "register_invalid", columnCalled, needs: ["name", "id"] })
}
