import type { OtherServer } from "@tabard/core"

/** A server elsewhere as it is typed: scopes parted by gaps, resources a line each. */
export interface OtherServerDraft {
  readonly client: string
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  readonly resources: string
}

/** A server of which nothing is filled in yet. */
export const NEW_OTHER_SERVER: OtherServerDraft = {
  client: "",
  issuer: "",
  clientId: "",
  scope: "",
  resources: "",
}

/** Answers what was typed, or undefined where no client is chosen; the server says what is wrong with the rest. */
export function otherServerOf(draft: OtherServerDraft): OtherServer | undefined {
  const { client, issuer, clientId, scope, resources } = draft
  if (!isClientId(client)) return undefined
  return {
    client,
    issuer: issuer.trim(),
    clientId: clientId.trim(),
    scope: parted(scope),
    resources: parted(resources),
  }
}

function isClientId(id: string): id is OtherServer["client"] {
  return id.startsWith("cli_")
}

function parted(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean)
}
