import { vaultKey } from "../keys/key-vault.ts"
import type { OpenOrganisationDeps } from "../organisation/organisation-deps.ts"
import { channelBox } from "./channel-box.ts"
import { targetRules } from "./guard-address.ts"
import { readSmtpServer } from "./smtp-server.ts"
import type { NotificationWays } from "./ways-to-tell.ts"

/** Opens what people are told by, with the data key: for the process that plays control. */
export async function openWays(deps: OpenOrganisationDeps): Promise<NotificationWays> {
  const { config, organisation, shelf } = deps
  const { mail, production, channelNetworks } = config
  return {
    mail: mail && { from: mail.from, server: await readSmtpServer(mail) },
    rules: targetRules({ production, listed: channelNetworks }),
    box: channelBox(organisation, await vaultKey({ ...deps, transact: shelf.transact }, "data")),
  }
}
