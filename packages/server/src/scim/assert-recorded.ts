import type { RecordGate } from "@tabard/control"
import { Problem } from "@tabard/core"

/**
 * Lets through while what is done can be shown afterwards.
 *
 * @throws {Problem} record_unavailable
 */
export async function assertRecorded(record: RecordGate): Promise<void> {
  const stop = await record.stop()
  if (stop) throw new Problem("record_unavailable", stop.words)
}
