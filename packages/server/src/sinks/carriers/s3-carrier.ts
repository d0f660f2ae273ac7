import type { S3Secrets, S3Settings } from "@tabard/api"
import type { CarriedItem, CarryResult, SinkCarrier } from "@tabard/control"
import type { CarrierDeps } from "./carrier-deps.ts"
import { parquetInThread } from "./parquet-in-thread.ts"
import { s3Bucket } from "./s3-bucket.ts"
import { lakeObjects } from "./security-lake.ts"

const TIME_MS = 60_000

/** Carries to S3-compatible storage as Parquet, in the layout of Amazon Security Lake; an object that is put is taken. */
export function s3Carrier(
  { settings, secrets }: { readonly settings: S3Settings; readonly secrets: S3Secrets },
  { rules, timeMs = TIME_MS }: CarrierDeps,
): SinkCarrier {
  const bucket = s3Bucket({ settings, secrets, rules, timeMs })

  async function carry(items: readonly CarriedItem[], signal: AbortSignal): Promise<CarryResult> {
    for (const { key, rows } of lakeObjects(items, settings)) {
      const file = await parquetInThread(rows, signal)
      const failed = await bucket.put(key, file, AbortSignal.any([AbortSignal.timeout(timeMs), signal]))
      if (failed) return failed
    }
    return { kind: "taken", refused: [] }
  }

  return {
    portion: { items: 5000, bytes: 8 * 1024 * 1024 },
    everyMs: settings.everyMinutes * 60_000,
    carry,
    [Symbol.asyncDispose]: async () => bucket[Symbol.dispose](),
  }
}
