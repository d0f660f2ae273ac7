import type { SignalBox } from "@tabard/control"
import type { Organisation } from "@tabard/core"
import { keyEncryptionKey } from "../keys/key-encryption-key.ts"

/** Seals the headers of streams and sources under the organisation's data key, each for its own alone. */
export function signalBox({ id }: Pick<Organisation, "id">, dataKey: Uint8Array): SignalBox {
  const key = keyEncryptionKey(dataKey)
  return {
    seal: (of, header) => new Uint8Array(key.seal(Buffer.from(header), `${id} ${of}`)),
    open: (of, sealed) => Buffer.from(key.open(sealed, `${id} ${of}`)).toString("utf8"),
  }
}
