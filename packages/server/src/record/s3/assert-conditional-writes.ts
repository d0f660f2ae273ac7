import { LogStoreFault, type S3Objects, type Served } from "./s3-objects.ts"

const PROBE: Served = { type: "text/plain; charset=utf-8", cache: "no-store" }
const NO_ETAG = '"00000000000000000000000000000000"'

/**
 * Refuses storage that takes a conditional write for a plain one: there, of two publishers the second would quietly
 * replace what the first had published. Some older stores do, and say nothing.
 *
 * @throws {LogStoreFault} also where it cannot be written to at all
 */
export async function assertConditionalWrites(objects: S3Objects): Promise<void> {
  const bytes = new TextEncoder().encode("Tabard looks here whether this store keeps what is there.\n")
  await objects.create("conditional-writes", bytes, PROBE)
  const created = await objects.create("conditional-writes", bytes, PROBE)
  const replaced = await objects.replace("conditional-writes", bytes, PROBE, NO_ETAG)
  if (created === undefined && replaced === undefined) return
  throw new LogStoreFault(
    "this store ignores the conditions of a write (If-None-Match, If-Match): a log needs one that keeps them",
  )
}
