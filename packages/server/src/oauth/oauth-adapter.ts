import type { RecordContext, Shelf } from "@tabard/control"
import { isId } from "@tabard/core"
import type { Grant } from "./grants/grant.ts"
import { clientOf } from "./instance-client.ts"
import { modelAdapter } from "./model-adapter.ts"
import type { Adapter, AdapterPayload } from "./oidc-provider.ts"
import { COMMAND_LINE_CLIENT, commandLineClient } from "./people/device-code.ts"
import { forgettingAdapter } from "./people/forgetting-adapter.ts"
import { issuedAdapter } from "./people/issued-adapter.ts"
import { personClient } from "./people/person-client.ts"
import { alongAdapter } from "./written-along.ts"

/** What the library's records are kept by. */
export interface OAuthAdapterDeps extends RecordContext {
  readonly shelf: Pick<Shelf, "snapshot" | "transact">
  /** What an instance may ask by is among them. */
  readonly grants: readonly Grant[]
}

/** A record that this server has no use for was about to be kept: a feature is on that should be off. */
export class UnexpectedRecord extends Error {
  override readonly name = "UnexpectedRecord"
}

/** The kinds of record that a grant needs kept between two requests. */
const KEPT: ReadonlySet<string> = new Set(["Grant", "Interaction", "PushedAuthorizationRequest"])

/** Those of them that a token is asked for by. */
const USED_UP: ReadonlySet<string> = new Set(["AuthorizationCode", "RefreshToken"])

/**
 * Answers the library's shelf for one kind of record. Clients are enrolled instances and those that people sign agents
 * in by, asked for at each request, so that a revoked one is a stranger at once. Tokens are signed and not kept here, single use is the replay guard's; what
 * a grant with state needs is named above, and any other record is refused.
 */
export function oauthAdapter(deps: OAuthAdapterDeps, kind: string): Adapter {
  if (kind === "Client") return clientAdapter(deps)
  if (kind === "Session") return forgettingAdapter()
  if (kind === "AccessToken") return issuedAdapter(deps)
  if (USED_UP.has(kind)) return alongAdapter(deps, kind)
  return KEPT.has(kind) ? modelAdapter(deps, kind) : refusingAdapter(kind)
}

function clientAdapter(deps: OAuthAdapterDeps): Adapter {
  return { ...refusingAdapter("Client"), find: (id) => findClient(deps, id) }
}

async function findClient(
  { shelf, grants, clock }: OAuthAdapterDeps,
  id: string,
): Promise<AdapterPayload | undefined> {
  if (isId("client", id)) {
    const client = await shelf.snapshot(({ clients }) => clients.find(id))
    return client && !client.removedAt ? personClient(client) : undefined
  }
  if (id === COMMAND_LINE_CLIENT) return commandLineClient
  if (!isId("instance", id)) return undefined
  const instance = await shelf.snapshot(({ instances }) => instances.find(id))
  return instance && clientOf(instance, { grants, now: clock.now() })
}

function refusingAdapter(kind: string): Adapter {
  const refuse = (): Promise<never> =>
    Promise.reject(new UnexpectedRecord(`${kind} is not kept by this server`))
  return {
    upsert: refuse,
    find: refuse,
    findByUid: refuse,
    findByUserCode: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  }
}
