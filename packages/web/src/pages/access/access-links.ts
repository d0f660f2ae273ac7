import type { AgentDetail, SeenCredentialView, SeenServerView } from "@tabard/api"

/** A system that an agent reaches through a server, and the credentials that open it as far as is known. */
export interface Reach {
  readonly server: SeenServerView
  readonly opens: readonly SeenCredentialView[]
}

/** What an agent reaches, and the credentials of which nobody knows what they open. */
export interface AccessLinks {
  readonly reaches: readonly Reach[]
  readonly unplaced: readonly SeenCredentialView[]
}

type Seen = Pick<AgentDetail, "usesServers" | "holdsCredentials">

/** Joins credentials to the systems of their provider; where two servers lead to one system, it opens both. */
export function accessLinks({ usesServers, holdsCredentials }: Seen): AccessLinks {
  const reaches = usesServers.map((server) => ({
    server,
    opens: holdsCredentials.filter((credential) => isOf(credential, server)),
  }))
  const placed = new Set(reaches.flatMap(({ opens }) => opens))
  return { reaches, unplaced: holdsCredentials.filter((credential) => !placed.has(credential)) }
}

// A provider names itself in the system (`AWS` in `any AWS API`); shorter names would match by accident.
const NAME_MIN = 3

function isOf({ provider }: SeenCredentialView, { system, name }: SeenServerView): boolean {
  const maker = plain(provider ?? "")
  return maker.length >= NAME_MIN && [system ?? "", name].some((text) => plain(text).includes(maker))
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, "")
}
