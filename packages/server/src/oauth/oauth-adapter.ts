import type { Shelf } from "@tabard/control"
import { isId } from "@tabard/core"
import { clientOf } from "./instance-client.ts"
import type { Adapter, AdapterPayload } from "./oidc-provider.ts"

/** A record that this server has no use for was about to be kept: a feature is on that should be off. */
export class UnexpectedRecord extends Error {
  override readonly name = "UnexpectedRecord"
}

/**
 * Answers the library's shelf for one kind of record. Clients are enrolled instances, asked for at each request, so
 * that a revoked key is a stranger at once. Nothing else is kept: tokens are signed, single use is the replay guard's,
 * and what a grant with state would need comes with that grant. Until then such a record is refused.
 */
export function oauthAdapter(shelf: Pick<Shelf, "snapshot">, kind: string): Adapter {
  return kind === "Client" ? clientAdapter(shelf) : refusingAdapter(kind)
}

function clientAdapter(shelf: Pick<Shelf, "snapshot">): Adapter {
  return { ...refusingAdapter("Client"), find: (id) => findClient(shelf, id) }
}

async function findClient(
  { snapshot }: Pick<Shelf, "snapshot">,
  id: string,
): Promise<AdapterPayload | undefined> {
  if (!isId("instance", id)) return undefined
  const instance = await snapshot(({ instances }) => instances.find(id))
  return instance && !instance.revokedAt ? clientOf(instance) : undefined
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
