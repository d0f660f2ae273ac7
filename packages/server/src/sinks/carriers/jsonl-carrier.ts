import type { JsonlSettings } from "@tabard/api"
import type { CarriedItem, CarryResult, SinkCarrier } from "@tabard/control"
import { writeLossless } from "@tabard/core"
import type { CarrierDeps } from "./carrier-deps.ts"
import { diskResult } from "./disk-result.ts"
import { type LineFile, openLineFile } from "./line-file.ts"

/**
 * Carries to files of JSON lines, one body a line, in a folder of their own. A line is there whole or not at all, and
 * counts as taken once it is on disk.
 */
export function jsonlCarrier(
  { directory, rotateBytes }: JsonlSettings,
  { exportFolder }: Pick<CarrierDeps, "exportFolder">,
): SinkCarrier {
  let open: LineFile | undefined

  async function carry(items: readonly CarriedItem[], signal: AbortSignal): Promise<CarryResult> {
    const [first] = items
    if (!first) return { kind: "taken", refused: [] }
    signal.throwIfAborted()
    try {
      open = await openLineFile({ exportFolder, directory, rotateBytes, place: first.place, open })
      await open.append(items.map(({ body }) => `${writeLossless(body)}\n`).join(""))
      return { kind: "taken", refused: [] }
    } catch (error) {
      // What was half written is taken away when the file is opened again.
      await close()
      return diskResult(error)
    }
  }

  async function close(): Promise<void> {
    const closing = open
    open = undefined
    await closing?.close()
  }

  return { portion: { items: 2000, bytes: 4 * 1024 * 1024 }, carry, [Symbol.asyncDispose]: close }
}
