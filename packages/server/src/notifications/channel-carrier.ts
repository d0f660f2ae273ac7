import { type Channel, type ChannelBox, signingAt } from "@tabard/control"
import type { Clock } from "@tabard/core"
import type { Carrier, Parcel } from "./carrier.ts"
import type { TargetRules } from "./guard-address.ts"
import { postJson } from "./post-json.ts"
import { webhookHeaders } from "./sign-webhook.ts"
import { slackMessage } from "./slack-message.ts"
import type { Told } from "./told.ts"

export interface ChannelCarrierDeps {
  readonly box: ChannelBox
  readonly clock: Clock
  readonly publicUrl: string
  readonly rules: TargetRules
}

/** Carries notifications through a channel of the organisation; its address is unsealed for as long as it is used. */
export function channelCarrier(deps: ChannelCarrierDeps, channel: Channel): Carrier {
  const { box, clock, publicUrl, rules } = deps
  return {
    async carry({ id, told: [one] }: Parcel) {
      if (!one) return { kind: "refused", said: "there is nothing to say" }
      const { url, ...secrets } = box.open(channel.id, channel.sealed)
      if (channel.kind === "slack") {
        const body = JSON.stringify(slackMessage(one, `${publicUrl}${one.path}`))
        return postJson(rules, { url, headers: {}, body })
      }
      const at = clock.now()
      const body = JSON.stringify(webhookBody(one, { at, publicUrl }))
      const headers = webhookHeaders({ id, at, body }, signingAt({ url, ...secrets }, at))
      return postJson(rules, { url, headers, body })
    },
  }
}

/** What a webhook says: which kind, when, and one line to read with the way to the console. No secret, and nothing to act by. */
function webhookBody(
  { id, kind, title, detail, path, at: happened }: Told,
  { at, publicUrl }: { at: Date; publicUrl: string },
): object {
  const data = { notification: id, title, detail, url: `${publicUrl}${path}`, at: happened.toISOString() }
  return { type: kind, timestamp: at.toISOString(), data }
}
