import type { ChannelBox } from "@tabard/control"
import type { Organisation } from "@tabard/core"
import { z } from "zod"
import { keyEncryptionKey } from "../keys/key-encryption-key.ts"

const Secrets = z.strictObject({
  url: z.string(),
  signing: z.array(z.strictObject({ secret: z.string(), until: z.number().nullable() })),
})

/** Seals channels' addresses and secrets under the organisation's data key, each for its own channel alone. */
export function channelBox({ id }: Pick<Organisation, "id">, dataKey: Uint8Array): ChannelBox {
  const key = keyEncryptionKey(dataKey)
  return {
    seal: (channel, secrets) =>
      new Uint8Array(key.seal(Buffer.from(JSON.stringify(secrets)), `${id} ${channel}`)),
    open: (channel, sealed) =>
      Secrets.parse(JSON.parse(Buffer.from(key.open(sealed, `${id} ${channel}`)).toString("utf8"))),
  }
}
