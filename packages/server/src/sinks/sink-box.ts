import type { SinkBox } from "@tabard/control"
import type { JsonObject, Organisation } from "@tabard/core"
import { keyEncryptionKey } from "../keys/key-encryption-key.ts"

/** Seals the secrets of sinks under the organisation's data key, each for its own sink alone. */
export function sinkBox({ id }: Pick<Organisation, "id">, dataKey: Uint8Array): SinkBox {
  const key = keyEncryptionKey(dataKey)
  return {
    seal: (sink, secrets) => new Uint8Array(key.seal(Buffer.from(JSON.stringify(secrets)), `${id} ${sink}`)),
    open: (sink, sealed) => {
      const text = Buffer.from(key.open(sealed, `${id} ${sink}`)).toString("utf8")
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what opens was sealed above, and is read by its kind's schema
      return JSON.parse(text) as JsonObject
    },
  }
}
