import type { ChannelBox } from "@tabard/control"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import { channelCarrier } from "./channel-carrier.ts"
import type { TargetRules } from "./guard-address.ts"
import { mailCarrier, type SmtpServer } from "./mail-carrier.ts"
import type { MailConfig } from "./notification-config.ts"
import type { Carriers } from "./send-deliveries.ts"

/** By what people can be told: the operator's mail server, if there is one, and where channels may lead. */
export interface NotificationWays {
  readonly mail: (Pick<MailConfig, "from"> & { readonly server: SmtpServer }) | null
  readonly rules: TargetRules
  readonly box: ChannelBox
}

/** Answers what carries notifications of an organisation. */
export function waysToTell(
  { clock, organisation, publicUrl }: Pick<OpenOrganisation, "clock" | "organisation" | "publicUrl">,
  { box, mail, rules }: NotificationWays,
): Carriers {
  return {
    mail: mail && mailCarrier({ publicUrl, organisation: organisation.name }, mail),
    channel: (channel) => channelCarrier({ box, clock, publicUrl, rules }, channel),
  }
}
